// SPDX-License-Identifier: GPL-3.0-or-later
/** Whether what the page shows is live, in the corner always, and across the page when it is not. */
import { fill, h, text } from "./dom.js";
import { ago, hms } from "./format.js";

/** A snapshot comes every second: after this long the figures are called old. */
const LATE = 6000;

/**
 * What to say of a state of the stream. Pure.
 * @param {{state: string, retryAt?: number, reason?: string}} link
 * @param {number} receivedAt when the newest snapshot came; 0 for never
 * @param {number} now
 */
export function describe(link, receivedAt, now) {
  if (link.state === "live" && receivedAt > 0 && now - receivedAt > LATE) {
    return { state: "late", line: "Late", banner: `No figures since ${ago(receivedAt, now)}.` };
  }
  if (link.state === "live") {
    return { state: "live", line: "Live", banner: "" };
  }
  if (link.state === "paused") {
    return { state: "paused", line: "Paused", banner: "" };
  }
  if (link.state === "waiting") {
    const left = Math.ceil(((link.retryAt ?? now) - now) / 1000);
    const when = left > 0 ? `Next try in ${left} s.` : "Trying again.";
    return {
      state: "lost", line: receivedAt ? "Connection lost" : "Not connected",
      banner: `${link.reason ?? ""} ${when}${receivedAt ? ` What is shown is from ${hms(receivedAt)}.` : ""}`.trim(),
    };
  }
  return { state: "connecting", line: "Connecting", banner: "" };
}

/**
 * Shows it and keeps it right.
 * @param {import("./store.js").Store} store
 * @param {() => void} onRetry the reader wants a try now
 * @returns {(link: {state: string, retryAt?: number, reason?: string}) => void}
 */
export function connectionView(store, onRetry) {
  const button = document.getElementById("connection");
  const label = document.getElementById("connection-text");
  const banner = document.getElementById("lost");
  const announce = document.getElementById("announce");
  const line = h("p", {});
  fill(banner, line, h("button", { type: "button", class: "button", on: { click: onRetry } }, "Try now"));
  button.addEventListener("click", onRetry);
  let link = { state: "connecting" };
  let said = "";
  const show = () => {
    const described = describe(link, store.receivedAt, Date.now());
    button.dataset.state = described.state;
    text(label, described.line);
    button.title = described.state === "live" ? "The figures are live" : described.banner || described.line;
    text(line, described.banner);
    banner.hidden = described.banner === "";
    document.documentElement.classList.toggle("is-stale", banner.hidden === false);
    if (described.line !== said) {
      said = described.line;
      text(announce, described.line);
    }
  };
  setInterval(show, 1000);
  return (state) => {
    link = state;
    show();
  };
}
