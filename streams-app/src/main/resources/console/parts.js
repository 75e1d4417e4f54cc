// SPDX-License-Identifier: GPL-3.0-or-later
/** What several views are made of. */
import { h } from "./dom.js";
import { ago, clock, evidence, percent, progress, shareInterval } from "./format.js";
import { icon } from "./icons.js";
import { nameOf } from "./words.js";

/** By how much the monitor's clock is ahead of this one's, in milliseconds. */
let ahead = 0;

/** Learns the monitor's clock from a snapshot. */
export function setClock(time) {
  const millis = Date.parse(time ?? "");
  ahead = Number.isFinite(millis) ? millis - Date.now() : 0;
}

/** Now, by the monitor's clock. */
export function now() {
  return Date.now() + ahead;
}

/** A time as how long ago, which keeps itself right; pointing at it gives the clock. */
export function since(time) {
  return h("time", { datetime: time, title: clock(time), data: { ago: time ?? "" } }, ago(time, now()));
}

/** Brings all of {@link since} up to date. */
export function tickTimes() {
  for (const element of document.querySelectorAll("time[data-ago]")) {
    const wanted = ago(element.dataset.ago, now());
    if (element.textContent !== wanted) {
      element.textContent = wanted;
    }
  }
}

/** A severity: shape, word and colour. */
export function severityBadge(code) {
  return h("span", { class: `badge severity-${code}` }, icon(code), nameOf(code));
}

/** A band of risk as a word with its colour. */
export function bandBadge(code) {
  return h("span", { class: `badge band-badge band-${code}` }, nameOf(code));
}

/** How far evidence is on its way to an alarm. */
export function evidenceBar(log10, threshold, band) {
  const share = progress(log10, threshold);
  const inner = h("span", { class: `bar-fill band-${band}` });
  inner.style.width = `${Math.round(share * 1000) / 10}%`;
  return h("span", {
    class: `bar${band === "alarmed" ? " bar-alarmed" : ""}`, role: "img", title: `evidence ${evidence(log10)} of ${evidence(threshold)}`,
    "aria-label": `evidence ${evidence(log10)} of ${evidence(threshold)}, on the log scale ${percent(share)} of the way to an alarm`,
  }, inner, h("span", { class: "bar-third" }), h("span", { class: "bar-third bar-third-2" }));
}

/** A share of members with its interval. */
export function memberFigure(share) {
  const estimate = share?.estimate ?? share?.share;
  if (estimate === null || estimate === undefined) {
    return h("span", { class: "muted" }, "not known");
  }
  return h("span", {}, h("b", {}, percent(estimate)), " ", h("small", {}, shareInterval(share.low, share.high)));
}

/** Names and values; entries with null are left out. @param {[string, any][]} entries */
export function facts(entries) {
  return h("dl", { class: "facts" }, entries.filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => {
      const said = h("dd", {}, value);
      // What is long gets a line of its own.
      return h("div", { class: said.textContent.length > 44 ? "wide" : null }, h("dt", {}, name), said);
    }));
}

/** A part of a view with a heading. */
export function card(title, aside, ...children) {
  return h("section", { class: "card" }, h("header", { class: "card-head" }, h("h2", {}, title), aside), children);
}

/** Nothing to show, and why. */
export function empty(title, detail) {
  return h("div", { class: "empty" }, h("b", {}, title), detail && h("p", {}, detail));
}

/** Instances whose part of an answer is missing; nothing if none is. @param {string[]} [unreachable] */
export function missing(unreachable) {
  return unreachable?.length > 0 && h("p", { class: "missing", role: "status" },
    `What ${unreachable.join(" and ")} knows is missing here: ${unreachable.length > 1 ? "they do" : "it does"} not answer.`);
}

/** Something went wrong, and how to try again. While states move to another instance (503), it tries by itself. */
export function failure(error, retry) {
  if (retry && error.status === 503) {
    setTimeout(retry, 3000);
  }
  return h("div", { class: "empty failure", role: "alert" }, h("b", {}, error.title ?? "Something went wrong"),
    h("p", {}, error.message), retry && h("button", { type: "button", class: "button", on: { click: retry } }, "Try again"));
}

/** A row of buttons of which one is on. @param {{code: string, name: string}[]} choices */
export function chips(label, choices, chosen, onChoose) {
  const buttons = [{ code: "", name: "All" }, ...choices].map(({ code, name }) => h("button", {
    type: "button", class: "chip", "aria-pressed": String(code === chosen), data: { code },
    on: {
      click: () => {
        buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.code === code)));
        onChoose(code);
      },
    },
  }, name));
  return h("div", { class: "chips", role: "group", "aria-label": label }, buttons);
}

let fields = 0;

/**
 * A search field that calls back when typing pauses.
 * @param {(begun: string) => Promise<string[]>} [suggest] what may be meant
 */
export function searchField(label, placeholder, value, onSearch, suggest) {
  const list = suggest && h("datalist", { id: `suggestions${++fields}` });
  let timer = 0;
  const search = async () => {
    const begun = input.value.trim();
    onSearch(begun);
    if (list && begun) {
      list.replaceChildren(...(await suggest(begun)).map((name) => h("option", { value: name })));
    }
  };
  const input = h("input", {
    type: "search", class: "search-input", placeholder, "aria-label": label, autocomplete: "off", spellcheck: "false", value, list: list?.id,
    on: {
      input: () => {
        clearTimeout(timer);
        timer = setTimeout(search, 250);
      },
      keydown: (event) => {
        if (event.key === "Enter") {
          clearTimeout(timer);
          search();
        } else if (event.key === "Escape" && input.value) {
          event.stopPropagation();
          input.value = "";
          onSearch("");
        }
      },
    },
  });
  return h("label", { class: "search" }, icon("search"), input, list);
}
