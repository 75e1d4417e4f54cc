// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * The address within the page: "#/alerts/ID?severity=high". Pure.
 * @param {string} hash
 * @returns {{view: string, id: string|undefined, query: Record<string, string>}}
 */
export function route(hash) {
  const [path, search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view, id] = path.split("/", 2);
  return { view: view || "overview", id: decoded(id), query: Object.fromEntries(new URLSearchParams(search)) };
}

/** What is no valid encoding is taken as it stands. */
function decoded(part) {
  try {
    return part ? decodeURIComponent(part) : undefined;
  } catch {
    return part;
  }
}
