/** The panel beside the map: its table leads to the zones, its date says how old it is. */

import { find, findAll } from "./elements.js";
import { BOUND } from "./words.js";
import { markZone } from "./zones.js";

/**
 * @param {{toggle: (index: number) => void}} selection
 * @param {{lower: () => void}} sheet
 */
export function connectPanel(selection, sheet) {
  findAll("button[data-zone]", HTMLButtonElement).forEach((button) => {
    const index = Number(button.dataset.zone);
    const row = button.closest("tr");
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      sheet.lower(); // else it would hide what was asked for
      selection.toggle(index);
    });
    row?.addEventListener("mouseenter", () => markZone(index, true));
    row?.addEventListener("mouseleave", () => markZone(index, false));
    button.addEventListener("focus", () => markZone(index, true));
    button.addEventListener("blur", () => markZone(index, false));
  });
  find("#skip", HTMLElement).addEventListener("click", () => find(".panel", HTMLElement).focus());
}

/** Number the zones in the table and on paper whose names find no room on the map. @param {L.Map} map */
export function connectNumbers(map) {
  const marks = [...findAll("[data-number]", HTMLElement), ...findAll("[data-number]", SVGElement)];
  map.on("zonesnumbered", ({ numbered }) =>
    marks.forEach((mark) => {
      mark.toggleAttribute("hidden", !numbered.includes(Number(mark.dataset.number)));
    }),
  );
}

/**
 * Say how old the front is on the day the page is opened; the file itself knows no clock.
 *
 * @param {HTMLElement} element
 * @param {Date} now
 */
export function showAge(element, now) {
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.floor((today - Date.parse(element.dataset.asOf ?? "")) / 86400000);
  if (days < 1) {
    return;
  }
  const day = now
    .toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })
    .replaceAll(" ", BOUND);
  const age = document.createElement("strong");
  age.textContent = `${sayAge(days)} old`;
  element.replaceChildren(", ", age, ` on ${day}, when this page was opened`);
}

/** @param {number} days @returns {string} in days up to two months, in months up to two years, then in years */
function sayAge(days) {
  /** @type {(number: number, unit: string) => string} */
  const count = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;
  const months = Math.floor(days / 30.44);
  if (months < 2) {
    return count(days, "day");
  }
  return months < 24 ? count(months, "month") : count(Math.floor(months / 12), "year");
}
