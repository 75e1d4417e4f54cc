// SPDX-License-Identifier: GPL-3.0-or-later
/** All alerts, the newest first, and the one chosen. */
import { alertDetail } from "./alert-detail.js";
import { get } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { chips, searchField, since } from "./parts.js";
import { split } from "./split.js";
import { LEVELS, nameOf, place, seen, SEVERITIES, subjectOf } from "./words.js";

/** Whether an alert that comes in belongs into the list as it is filtered. Pure. */
export function matches(alert, query) {
  return ["severity", "level", "endpoint"].every((field) => !query[field] || alert[field] === query[field])
    && (!query.client || alert.client === query.client || alert.cohort === query.client);
}

/** @param {import("./app.js").Context} context */
export function alerts(context) {
  const query = { severity: "", level: "", client: "", ...context.params.query };
  const change = (field) => (value) => {
    query[field] = value;
    view.load({ ...query });
  };
  const view = split({
    context, path: "alerts", label: "Alerts", one: "alert",
    key: (alert) => alert.id, id: (alert) => alert.id, row: alertRow,
    filters: [
      searchField("Alerts of a client or cohort", "Client or cohort", query.client, change("client"), clientsLike(context.signal)),
      chips("Severity", SEVERITIES, query.severity, change("severity")),
      chips("Level", LEVELS, query.level, change("level")),
    ],
    detail: alertDetail,
    noMatch: "There is no such alert. A client or cohort has to be given in full; its beginning is enough under Clients.",
    nothing: ["No alert", "Whoever is found probing will stand here, the newest first."],
  });
  context.store.on("alert", (alert) => matches(alert, query) && view.prepend(alert), context.signal);
  context.onParams(() => view.open(context.params.id ?? null));
  view.load({ ...query });
  return view.element;
}

/** What an id that is being typed may become. */
function clientsLike(signal) {
  return async (begun) => {
    const found = await get("clients", { q: begun, limit: 12 }, signal).catch(() => ({ items: [] }));
    return [...new Set(found.items.map((client) => client.id))];
  };
}

function alertRow(alert) {
  return [
    h("span", { class: `row-mark severity-${alert.severity}`, title: nameOf(alert.severity) }, icon(alert.severity),
      h("span", { class: "sr" }, nameOf(alert.severity))),
    h("span", { class: "row-main" },
      h("span", { class: "row-top" }, h("b", { class: "id" }, subjectOf(alert)), since(alert.time)),
      h("span", { class: "row-sub two" }, seen(alert.headline)),
      h("span", { class: "row-tags" }, place(alert.endpoint, alert.version), alert.sensor && ` · ${nameOf(alert.sensor)}`,
        alert.level !== "client" && ` · ${nameOf(alert.level)}`)),
  ];
}
