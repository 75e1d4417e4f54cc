// SPDX-License-Identifier: GPL-3.0-or-later
/** What the page knows: the newest snapshot, the last minutes of it, and who wants to be told. */

const HISTORY = 300;

export class Store extends EventTarget {
  /** Newest snapshot, or null. @type {any} */
  snapshot = null;
  /** Answer of api/v1/status, or null. @type {any} */
  status = null;
  /** The last five minutes, oldest first. @type {{time: number, rate: number|null, lag: number|null}[]} */
  history = [];
  /** When the newest snapshot came, by this page's clock. */
  receivedAt = 0;

  /** Takes a snapshot in. */
  addSnapshot(snapshot) {
    this.snapshot = snapshot;
    this.receivedAt = Date.now();
    this.history.push({ time: Date.parse(snapshot.time), rate: snapshot.rate ?? null, lag: snapshot.lag ?? null });
    this.history.splice(0, this.history.length - HISTORY);
    this.dispatchEvent(new CustomEvent("snapshot", { detail: snapshot }));
  }

  /** Takes a new alert in. */
  addAlert(alert) {
    this.dispatchEvent(new CustomEvent("alert", { detail: alert }));
  }

  /** Takes the monitor's status in. */
  setStatus(status) {
    this.status = status;
    this.dispatchEvent(new CustomEvent("status", { detail: status }));
  }

  /**
   * Listens until the signal aborts.
   * @param {"snapshot"|"alert"|"status"} type
   * @param {(detail: any) => void} listener
   * @param {AbortSignal} signal
   */
  on(type, listener, signal) {
    this.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail), { signal });
  }
}
