// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * A list of any length of which only what can be seen is in the page. All rows are equally high. Keyboard and screen
 * readers get a listbox (WAI-ARIA): one stop for Tab, arrows move, Enter opens.
 */
import { h } from "./dom.js";

/** Rows beyond either edge, so that scrolling shows no gap. */
const SPARE = 6;
let lists = 0;

/** Which rows are to be there. Pure. @returns {[number, number]} from (inclusive), to (exclusive) */
export function rowsInSight(scrollTop, height, rowHeight, length) {
  const first = Math.max(0, Math.min(length, Math.floor(scrollTop / rowHeight) - SPARE));
  return [first, Math.min(length, Math.ceil((scrollTop + height) / rowHeight) + SPARE)];
}

export class VirtualList {
  #id = `list${++lists}`;
  #rows = new Map();
  #items = [];
  #total = 0;
  #active = -1;
  #open = null;
  #frame = 0;

  /**
   * @param {object} options
   * @param {string} options.label name of the list
   * @param {number} options.rowHeight pixels
   * @param {(item: any) => Node[]} options.render what a row holds
   * @param {(item: any) => string} options.key what tells items apart
   * @param {(item: any) => void} options.onOpen an item was chosen
   * @param {() => void} options.onNearEnd the end of what is loaded comes into sight
   */
  constructor(options) {
    this.options = options;
    this.sizer = h("div", { class: "vlist-sizer", role: "presentation" });
    this.element = h("div", {
      class: "vlist", role: "listbox", tabindex: 0, "aria-label": options.label,
      on: {
        scroll: () => this.#schedule(),
        keydown: (event) => this.#key(event),
        click: (event) => this.#click(event),
        focus: () => this.#active < 0 && this.#items.length > 0 && this.#activate(this.#firstVisible(), false),
      },
    }, this.sizer);
    this.observer = new ResizeObserver(() => this.#schedule());
    this.observer.observe(this.element);
  }

  /** Takes items; `total` where more are known of than loaded. */
  set(items, total = items.length) {
    const activeKey = this.#items[this.#active] && this.options.key(this.#items[this.#active]);
    this.#items = items;
    this.#total = Math.max(total ?? 0, items.length);
    this.#active = activeKey === undefined ? -1 : items.findIndex((item) => this.options.key(item) === activeKey);
    this.sizer.style.height = `${items.length * this.options.rowHeight}px`;
    for (const row of this.#rows.values()) {
      row.remove();
    }
    this.#rows.clear();
    this.#draw();
  }

  /** Takes new items before the first; who has scrolled away keeps what is in sight. */
  prepend(items, total) {
    const top = this.element.scrollTop;
    const added = items.length - this.#items.length;
    this.set(items, total);
    if (top > this.options.rowHeight) {
      this.element.scrollTop = top + added * this.options.rowHeight;
    }
  }

  /** Marks the item that is shown elsewhere. */
  markOpen(key) {
    this.#open = key;
    const index = this.#items.findIndex((item) => this.options.key(item) === key);
    if (index >= 0) {
      this.#activate(index, false);
    }
    for (const [at, row] of this.#rows) {
      row.classList.toggle("is-open", this.options.key(this.#items[at]) === key);
    }
  }

  /** Moves the mark by so many rows, as an arrow key does. */
  move(by) {
    this.#activate(Math.min(this.#items.length - 1, Math.max(0, this.#active + by)), true);
  }

  /** Opens the marked row. */
  openActive() {
    const item = this.#items[this.#active];
    if (item) {
      this.options.onOpen(item);
    }
  }

  /** Draws the rows in sight anew, as for times that have passed. */
  refresh() {
    for (const [at, row] of this.#rows) {
      row.replaceChildren(...this.options.render(this.#items[at]));
    }
  }

  /** Goes to the top. */
  toTop() {
    this.element.scrollTop = 0;
  }

  /** Lets go. */
  destroy() {
    this.observer.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #firstVisible() {
    return Math.ceil(this.element.scrollTop / this.options.rowHeight);
  }

  #schedule() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    const { rowHeight, onNearEnd } = this.options;
    const height = this.element.clientHeight;
    const [first, end] = rowsInSight(this.element.scrollTop, height, rowHeight, this.#items.length);
    const wanted = new Set(Array.from({ length: end - first }, (_, offset) => first + offset));
    if (this.#active >= 0) {
      wanted.add(this.#active);
    }
    for (const [at, row] of this.#rows) {
      if (!wanted.has(at)) {
        row.remove();
        this.#rows.delete(at);
      }
    }
    const added = document.createDocumentFragment();
    for (const at of wanted) {
      if (!this.#rows.has(at)) {
        const row = this.#row(at);
        this.#rows.set(at, row);
        added.append(row);
      }
    }
    this.sizer.append(added);
    if (height > 0 && end >= this.#items.length - 2 * SPARE) {
      onNearEnd();
    }
  }

  #row(at) {
    const item = this.#items[at];
    const key = this.options.key(item);
    const row = h("div", {
      class: `vlist-row${key === this.#open ? " is-open" : ""}${at === this.#active ? " is-active" : ""}`,
      role: "option", id: `${this.#id}-${at}`, "aria-setsize": this.#total, "aria-posinset": at + 1,
      "aria-selected": at === this.#active ? "true" : "false", data: { index: at },
    }, this.options.render(item));
    row.style.top = `${at * this.options.rowHeight}px`;
    row.style.height = `${this.options.rowHeight}px`;
    return row;
  }

  #activate(index, scroll) {
    const before = this.#rows.get(this.#active);
    before?.classList.remove("is-active");
    before?.setAttribute("aria-selected", "false");
    this.#active = index;
    if (scroll) {
      const { rowHeight } = this.options;
      const top = index * rowHeight;
      const { scrollTop, clientHeight } = this.element;
      if (top < scrollTop) {
        this.element.scrollTop = top;
      } else if (top + rowHeight > scrollTop + clientHeight) {
        this.element.scrollTop = top + rowHeight - clientHeight;
      }
    }
    this.#draw();
    const row = this.#rows.get(index);
    row?.classList.add("is-active");
    row?.setAttribute("aria-selected", "true");
    this.element.setAttribute("aria-activedescendant", `${this.#id}-${index}`);
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.options.rowHeight) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
    if (step !== undefined && this.#items.length > 0) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.openActive();
    }
  }

  #click(event) {
    const row = event.target.closest(".vlist-row");
    if (row) {
      this.#activate(Number(row.dataset.index), false);
      this.openActive();
    }
  }
}
