/** Drawings in the page. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Element} parent
 * @param {Tag} tag
 * @param {string} className
 */
export function appendSvg(parent, tag, className) {
  const element = document.createElementNS(SVG, tag);
  if (className) {
    element.setAttribute("class", className);
  }
  parent.append(element);
  return element;
}

/**
 * Set attributes, numbers to one decimal.
 *
 * @param {Element} element
 * @param {Object<string, number | string>} attributes
 */
export function setAll(element, attributes) {
  Object.entries(attributes).forEach(([name, value]) => {
    element.setAttribute(name, typeof value === "number" ? value.toFixed(1) : value);
  });
}
