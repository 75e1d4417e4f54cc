// SPDX-License-Identifier: GPL-3.0-or-later
/** Keys that work wherever the reader is. */

/** What the help shows. */
export const SHORTCUTS = [
  { keys: ["1", "…", "6"], does: "Overview, alerts, clients, endpoints, models, topology" },
  { keys: ["/"], does: "Search" },
  { keys: ["j", "k"], does: "Next and previous in a list" },
  { keys: ["Enter"], does: "Open what is marked" },
  { keys: ["←", "→"], does: "In a chart: query by query" },
  { keys: ["Esc"], does: "Close, or back to the list" },
  { keys: ["t"], does: "Light or dark" },
  { keys: ["?"], does: "These keys" },
];

/** Whether keys belong to where the focus is. */
function writing(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element?.isContentEditable;
}

/**
 * @param {object} actions
 * @param {(index: number) => void} actions.view the nth view
 * @param {() => void} actions.search
 * @param {() => void} actions.help
 * @param {() => void} actions.theme
 * @param {() => void} actions.back
 */
export function listenToKeys({ view, search, help, theme, back }) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) {
      return;
    }
    if (event.key === "Escape") {
      if (writing(event.target)) {
        event.target.blur();
      } else {
        back();
      }
      return;
    }
    if (writing(event.target)) {
      return;
    }
    const act = { "/": search, "?": help, t: theme, j: () => inList("ArrowDown"), k: () => inList("ArrowUp") }[event.key]
      ?? (/^[1-9]$/.test(event.key) ? () => view(Number(event.key) - 1) : null);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

/** Hands a key to the list in sight. */
function inList(key) {
  const list = /** @type {HTMLElement|null} */ (document.querySelector(".vlist"));
  if (list?.offsetParent) {
    list.focus({ preventScroll: true });
    list.dispatchEvent(new KeyboardEvent("keydown", { key }));
  }
}
