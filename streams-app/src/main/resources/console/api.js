// SPDX-License-Identifier: GPL-3.0-or-later
/** Asks the monitor. Addresses are relative, so that the console works behind a proxy's path as well. */

const BASE = new URL("api/v1/", document.baseURI);
const TOKEN = "miasma.token";

/** What the monitor answered instead of what was asked for (RFC 9457). */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP; 0 if there was no answer
   * @param {string} title
   * @param {string} detail
   */
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
  }
}

/** @type {() => Promise<string|null>} */
let askForToken = async () => null;
/** @type {Promise<string|null>|null} */
let asking = null;

/** Who asks the reader for a token when the monitor wants one. */
export function onTokenWanted(ask) {
  askForToken = ask;
}

function token() {
  try {
    return sessionStorage.getItem(TOKEN);
  } catch {
    return null;
  }
}

/** Forgets the token. */
export function forgetToken() {
  sessionStorage.removeItem(TOKEN);
}

/** Several requests refused at once ask once. */
async function newToken() {
  asking ??= askForToken().finally(() => {
    asking = null;
  });
  const given = await asking;
  if (given) {
    sessionStorage.setItem(TOKEN, given);
  }
  return given;
}

/**
 * One request, with the token where there is one; asks for it where it is refused.
 * @param {string} path below api/v1/
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} a good one
 */
export async function request(path, options = {}) {
  for (;;) {
    const sent = token();
    const headers = new Headers(options.headers);
    if (sent) {
      headers.set("Authorization", `Bearer ${sent}`);
    }
    let response;
    try {
      response = await fetch(new URL(path, BASE), { ...options, headers, cache: "no-store", credentials: "same-origin" });
    } catch (error) {
      throw options.signal?.aborted ? error : new Problem(0, "No answer", "The monitor does not answer.");
    }
    if (response.ok) {
      return response;
    }
    if (response.status !== 401) {
      throw await problemOf(response);
    }
    // Another request may have been given a token meanwhile.
    if (token() === sent && !(await newToken())) {
      throw new Problem(401, "Token wanted", "The monitor wants a bearer token.");
    }
  }
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem(response.status, body.title ?? `Status ${response.status}`, body.detail ?? "");
}

/**
 * One answer.
 * @param {string} path below api/v1/
 * @param {Record<string, string|number|null|undefined>} [query] empty ones are left out
 * @param {AbortSignal} [signal]
 */
export async function get(path, query = {}, signal) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  const response = await request(search.size ? `${path}?${search}` : path, { signal });
  return response.json();
}
