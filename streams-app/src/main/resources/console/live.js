// SPDX-License-Identifier: GPL-3.0-or-later
/** The stream of events, read with fetch so that a bearer token can go with it. */
import { request } from "./api.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
/** The monitor sends a comment every 15 s at the latest: what is silent for longer is broken. */
const SILENCE = 35_000;

/**
 * Parses text/event-stream piece by piece (WHATWG HTML, section 9.2).
 * @param {(event: {type: string, data: string}) => void} emit
 * @returns {(piece: string) => void}
 */
export function eventParser(emit) {
  let rest = "";
  let type = "";
  let data = [];
  const field = (line) => {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") {
      type = value;
    } else if (name === "data") {
      data.push(value);
    }
  };
  return (piece) => {
    rest += piece;
    // A carriage return at the end may be half of a line break.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line !== "") {
        field(line);
      } else {
        if (data.length > 0) {
          emit({ type: type || "message", data: data.join("\n") });
        }
        type = "";
        data = [];
      }
    }
  };
}

/** How long to wait before the next try: doubling, up to half a minute, a fifth more or less. */
export function backOff(failures, random = Math.random) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, failures - 1)) * (0.8 + 0.4 * random());
}

/**
 * Keeps the stream open.
 * @param {(type: string, value: any) => void} onEvent a parsed event
 * @param {(state: {state: "live"|"connecting"|"waiting"|"paused", retryAt?: number, reason?: string}) => void} onState
 * @returns {{retry: () => void, pause: () => void, resume: () => void}}
 */
export function openLive(onEvent, onState) {
  let failures = 0;
  let paused = false;
  let abort = new AbortController();
  /** @type {(() => void)|null} */
  let wake = null;

  const deliver = ({ type, data }) => {
    let value;
    try {
      value = JSON.parse(data);
    } catch {
      return;
    }
    onEvent(type, value);
  };

  const read = async () => {
    abort = new AbortController();
    let watchdog = setTimeout(() => abort.abort(), SILENCE);
    try {
      const response = await request("live", { signal: abort.signal, headers: { Accept: "text/event-stream" } });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parse = eventParser(deliver);
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        clearTimeout(watchdog);
        watchdog = setTimeout(() => abort.abort(), SILENCE);
        if (failures >= 0) {
          failures = -1;
          onState({ state: "live" });
        }
        parse(value);
      }
    } finally {
      clearTimeout(watchdog);
    }
  };

  const pauseFor = (millis) => new Promise((resolve) => {
    const timer = millis === Infinity ? 0 : setTimeout(resolve, millis);
    wake = () => {
      clearTimeout(timer);
      resolve(undefined);
    };
  });

  const run = async () => {
    for (;;) {
      let reason = "The monitor ended the stream.";
      if (failures <= 0) {
        onState({ state: "connecting" });
      }
      try {
        await read();
      } catch (error) {
        reason = abort.signal.aborted ? "Nothing came from the monitor." : error.message;
      }
      if (paused) {
        onState({ state: "paused" });
        await pauseFor(Infinity);
        failures = 0;
        continue;
      }
      failures = Math.max(0, failures) + 1;
      const wait = backOff(failures);
      onState({ state: "waiting", retryAt: Date.now() + wait, reason });
      await pauseFor(wait);
    }
  };
  run();

  return {
    retry: () => wake?.(),
    pause: () => {
      paused = true;
      abort.abort();
    },
    resume: () => {
      if (paused) {
        paused = false;
        wake?.();
      }
    },
  };
}
