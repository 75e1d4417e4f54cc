// SPDX-License-Identifier: GPL-3.0-or-later
/** A long list beside what is chosen of it; where there is no room for both, one or the other. */
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { Paged } from "./paging.js";
import { empty, failure, missing } from "./parts.js";
import { VirtualList } from "./virtual-list.js";
import { shownOf } from "./words.js";

/** From this width on there is room for both; the same as in layout.css. */
const WIDE = matchMedia("(min-width: 1080px)");

/** A list with nothing in it is looked at again after so long: at a start, or in a rebalance, there is nothing yet. */
const LOOK_AGAIN_MS = 3000;

/**
 * @param {object} options
 * @param {import("./app.js").Context} options.context
 * @param {string} options.path of the list, below api/v1/ and in the page's address
 * @param {string} options.label name of the list
 * @param {string} options.one what one item is called
 * @param {Node[]} options.filters
 * @param {(item: any) => string} options.key what tells rows apart
 * @param {(item: any) => string} options.id by which an item is opened
 * @param {(item: any) => Node[]} options.row
 * @param {(id: string, signal: AbortSignal) => HTMLElement} options.detail
 * @param {[string, string]} options.nothing title and text if there is none
 * @param {string} options.noMatch text if there is none as filtered
 * @returns {{element: HTMLElement, load: (query: Record<string, string>) => void, prepend: (item: any) => void, open: (id: string|null) => void}}
 */
export function split(options) {
  const { context, path, label, key, id } = options;
  const { signal, go } = context;
  let detailGone = new AbortController();
  let opened = /** @type {string|null} */ (null);
  let paged = /** @type {Paged|null} */ (null);
  let query = {};
  const counted = h("p", { class: "counted", role: "status" });
  const note = h("div", { class: "list-note", hidden: true });
  const pane = h("section", { class: "split-detail", "aria-label": "Details" });
  const list = new VirtualList({
    label, rowHeight: 76, render: options.row, key,
    onOpen: (item) => go(`${path}/${encodeURIComponent(id(item))}`),
    onNearEnd: () => paged?.load(),
  });
  const element = h("div", { class: "view split" },
    h("section", { class: "split-list", "aria-label": label }, h("div", { class: "filters" }, options.filters), counted, list.element, note), pane);
  signal.addEventListener("abort", () => {
    list.destroy();
    detailGone.abort();
  });

  const open = (wanted) => {
    element.classList.toggle("has-detail", wanted !== null);
    const shown = wanted ?? (WIDE.matches && paged?.items[0] ? id(paged.items[0]) : null);
    if (shown === opened && shown !== null) {
      return;
    }
    opened = shown;
    detailGone.abort();
    detailGone = new AbortController();
    const item = paged?.items.find((candidate) => id(candidate) === shown);
    list.markOpen(item ? key(item) : null);
    fill(pane, shown === null ? empty("Nothing chosen", "What you choose from the list opens here.") : [
      h("a", { class: "back", href: `#/${path}` }, icon("back"), `All ${label.toLowerCase()}`), options.detail(shown, detailGone.signal)]);
    pane.scrollTop = 0;
  };

  const waiting = () => {
    note.hidden = false;
    fill(note, h("p", { class: "loading" }, `Loading ${label.toLowerCase()}`));
  };

  const lookAgain = (nothing) => setTimeout(() => {
    if (paged === nothing && paged.items.length === 0 && !signal.aborted) {
      paged.again();
    }
  }, LOOK_AGAIN_MS);

  const changed = () => {
    const items = paged.items;
    list.set(items, paged.total ?? items.length);
    counted.textContent = items.length ? shownOf(items.length, paged.total, options.one) : "";
    const absent = missing(paged.unreachable);
    note.hidden = items.length > 0 && !paged.error && !absent;
    if (paged.error) {
      fill(note, failure(paged.error, () => paged.retry()));
    } else if (absent) {
      fill(note, absent);
    } else if (items.length === 0) {
      fill(note, Object.values(query).some(Boolean)
        ? empty("No match", options.noMatch) : empty(...options.nothing));
      lookAgain(paged);
    } else {
      fill(note);
    }
    open(context.params.id ?? null);
    const item = items.find((candidate) => id(candidate) === opened);
    list.markOpen(item ? key(item) : null);
  };

  return {
    element,
    open,
    load(wanted) {
      query = wanted;
      opened = context.params.id ? opened : null;
      paged = new Paged(path, query, key, changed, signal);
      list.toTop();
      list.set([]);
      counted.textContent = "";
      waiting();
      paged.load();
    },
    prepend(item) {
      if (paged?.prepend(item)) {
        list.prepend(paged.items, paged.total ?? paged.items.length);
        counted.textContent = shownOf(paged.items.length, paged.total, options.one);
        note.hidden = true;
        fill(note);
      }
    },
  };
}
