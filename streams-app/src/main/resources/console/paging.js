// SPDX-License-Identifier: GPL-3.0-or-later
/** A list that comes in pages. */
import { get } from "./api.js";

const LIMIT = 200;

export class Paged {
  /** @type {any[]} */
  items = [];
  /** @type {number|null} */
  total = null;
  /** What went wrong last, or null. @type {Error|null} */
  error = null;
  loading = false;
  /** Instances that did not answer. @type {string[]} */
  unreachable = [];
  #next = null;
  #started = false;

  /**
   * @param {string} path below api/v1/
   * @param {Record<string, string>} query
   * @param {(item: any) => string} key what tells items apart
   * @param {() => void} onChange
   * @param {AbortSignal} signal
   */
  constructor(path, query, key, onChange, signal) {
    Object.assign(this, { path, query, key, onChange, signal });
    this.known = new Set();
  }

  /** Whether there is more to load. */
  get more() {
    return !this.#started || this.#next !== null;
  }

  /** Loads the next page, unless one is on its way, there is none, or the last try failed. */
  async load() {
    if (this.loading || !this.more || this.error) {
      return;
    }
    this.loading = true;
    try {
      const page = await get(this.path, { ...this.query, limit: LIMIT, cursor: this.#next }, this.signal);
      this.#started = true;
      this.#next = page.next ?? null;
      this.total = page.total ?? null;
      this.unreachable = page.unreachable ?? [];
      this.items = this.items.concat(page.items.filter((item) => this.#isNew(item)));
    } catch (error) {
      this.error = error;
    } finally {
      this.loading = false;
    }
    if (!this.signal.aborted) {
      this.onChange();
    }
  }

  /** Tries again after an error. */
  retry() {
    this.error = null;
    return this.load();
  }

  /** Asks for the first page anew, where there was nothing in it. */
  again() {
    this.#started = false;
    this.#next = null;
    return this.load();
  }

  /** Puts a new item first; one that is there already stays where it is. */
  prepend(item) {
    if (!this.#isNew(item)) {
      return false;
    }
    this.items = [item, ...this.items];
    this.total = this.total === null ? null : this.total + 1;
    return true;
  }

  #isNew(item) {
    const key = this.key(item);
    const fresh = !this.known.has(key);
    this.known.add(key);
    return fresh;
  }
}
