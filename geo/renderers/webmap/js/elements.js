/** Elements that the templates have put into the page. */

/**
 * The first element that a selector finds, which must be there and of this kind.
 *
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function find(selector, kind, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof kind) {
    return found;
  }
  throw new Error(`The page has no ${kind.name} at ${selector}.`);
}

/**
 * All elements of this kind that a selector finds.
 *
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} kind
 * @param {ParentNode} [within]
 * @returns {T[]}
 */
export function findAll(selector, kind, within = document) {
  return Array.from(within.querySelectorAll(selector)).flatMap((element) => (element instanceof kind ? [element] : []));
}
