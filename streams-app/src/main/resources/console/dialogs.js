// SPDX-License-Identifier: GPL-3.0-or-later
/** Dialogs: the keys there are, and the question for a token. Escape closes them; focus goes back where it was. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { SHORTCUTS } from "./keys.js";

function dialog(title, ...content) {
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close", on: { click: () => box.close() } }, icon("close"));
  const box = /** @type {HTMLDialogElement} */ (h("dialog", { class: "dialog", "aria-labelledby": "dialog-title" },
    h("header", { class: "card-head" }, h("h2", { id: "dialog-title" }, title), close), content));
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}

/** Shows all keys; once is enough. */
export function showHelp() {
  if (document.querySelector("dialog")) {
    return;
  }
  dialog("Keys", h("dl", { class: "keys" }, SHORTCUTS.map(({ keys, does }) => h("div", {},
    h("dt", {}, keys.map((key) => h("kbd", {}, key))), h("dd", {}, does)))),
  h("p", { class: "muted" }, "Figures are as they were a second ago; lists and charts follow within seconds. Times are those of "
    + "your clock; point at one to see it in full."));
}

/**
 * Asks for the bearer token.
 * @returns {Promise<string|null>} null if the reader closed the question
 */
export function askToken() {
  return new Promise((resolve) => {
    const input = h("input", { type: "password", class: "token-input", id: "token", autocomplete: "off", spellcheck: "false", required: true });
    let given = /** @type {string|null} */ (null);
    // No form is sent anywhere: the policy forbids it, and Enter is enough.
    const take = () => {
      given = input.value.trim() || null;
      if (given) {
        box.close();
      }
    };
    input.addEventListener("keydown", (event) => event.key === "Enter" && take());
    const box = dialog("The monitor wants a token",
      h("p", {}, "It is in the file that ", h("code", {}, "http.token.file"), " names. It is kept until this tab is closed, and sent to this monitor alone."),
      h("label", { for: "token", class: "field" }, "Bearer token", input),
      h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "button primary", on: { click: take } }, "Go on")));
    box.addEventListener("close", () => resolve(given));
    input.focus();
  });
}
