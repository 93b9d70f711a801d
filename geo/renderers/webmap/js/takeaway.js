/**
 * Files and text to take away: made in the page from what stands in it, so nothing is fetched and nothing sent.
 *
 * @typedef {{name: string, kind: string, text: string}} TakeawayFile
 * @typedef {{name: string, head: string, same: (string | null)[], rows: string[][]}} PackedTable
 *   same: what a column has in every row, or null; rows: the other cells; all as they stand in CSV
 */

import { find, findAll } from "./elements.js";
import { unbind } from "./words.js";

/** @param {Record<string, () => TakeawayFile>} files by the name that a button asks for */
export function connectTakeaway(files) {
  findAll("button[data-file]", HTMLButtonElement).forEach((button) => {
    button.addEventListener("click", () => {
      const file = files[button.dataset.file ?? ""]();
      saveFile(file);
      tellTakeaway(`${file.name} is in your downloads.`);
    });
  });
  document.getElementById("print-page")?.addEventListener("click", () => window.print());
  document.getElementById("copy-citation")?.addEventListener("click", async () => {
    const isCopied = await copyText(unbind(find("#citation", HTMLElement).textContent));
    tellTakeaway(isCopied ? "Copied, with source and caveat." : "Copying is not allowed here; select the text above.");
  });
}

/** @param {PackedTable} table @returns {TakeawayFile} the CSV that the command line writes */
export function renderTable({ name, head, same, rows }) {
  const lines = rows.map((row) => {
    const own = row.values();
    return same.map((cell) => cell ?? own.next().value).join(",");
  });
  return { name, kind: "text/csv", text: `${[head, ...lines].join("\n")}\n` };
}

/** Hand a text to the browser's downloads. @param {TakeawayFile} file */
export function saveFile({ name, kind, text }) {
  const address = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000); // a slow disk may still be reading
}

/** @param {string} text @returns {Promise<boolean>} whether it is on the clipboard now */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text); // an older browser, or one that gives files from disk no clipboard
  }
}

/** @param {string} text */
function copySelected(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}

/** Say what has happened, also to a screen reader. @param {string} text */
function tellTakeaway(text) {
  find("#takeaway-status", HTMLElement).textContent = text;
}
