// SPDX-License-Identifier: GPL-3.0-or-later
/** Light or dark: the system's, until the reader chooses. */
import { fill } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "miasma.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** "light" or "dark", as it is now. */
export function theme() {
  return document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light");
}

/** Makes a button that switches. @param {HTMLElement} button */
export function themeButton(button) {
  const show = () => {
    const next = theme() === "dark" ? "light" : "dark";
    fill(button, icon(next === "dark" ? "moon" : "sun"));
    button.setAttribute("aria-label", `Switch to the ${next} theme`);
    button.title = `${next === "dark" ? "Dark" : "Light"} theme (t)`;
  };
  button.addEventListener("click", () => {
    const next = theme() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Without storage it lasts as long as the page.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}
