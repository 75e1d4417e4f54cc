// SPDX-License-Identifier: GPL-3.0-or-later
/** Watched clients and cohorts by evidence, a search for one, and the one chosen. */
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { evidenceChart, sensorLegend } from "./evidence-chart.js";
import { count, evidence, plural } from "./format.js";
import { bandBadge, chips, empty, evidenceBar, facts, failure, memberFigure, searchField, since } from "./parts.js";
import { split } from "./split.js";
import { BANDS, memberSentence, nameOf } from "./words.js";

/** @param {import("./app.js").Context} context */
export function clients(context) {
  const query = { band: "", q: "", ...context.params.query };
  const change = (field) => (value) => {
    query[field] = value;
    view.load({ ...query });
  };
  const view = split({
    context, path: "clients", label: "Clients", one: "client",
    key: (client) => `${client.level}\n${client.id}\n${client.endpoint}`, id: (client) => client.id, row: clientRow,
    filters: [
      searchField("Search clients by the beginning of their pseudonym", "Pseudonym begins with", query.q, change("q")),
      chips("Band", BANDS, query.band, change("band")),
    ],
    detail: (id, signal) => clientDetail(id, signal),
    noMatch: "Nobody watched is like that.",
    nothing: ["No client watched yet", "Clients stand here from their first query on, those with the most evidence first."],
  });
  context.onParams(() => view.open(context.params.id ?? null));
  view.load({ ...query });
  return view.element;
}

function clientRow(client) {
  return [
    h("span", { class: "row-main" },
      h("span", { class: "row-top" }, h("b", { class: "id" }, client.id), bandBadge(client.band)),
      evidenceBar(client.evidence, client.threshold, client.band),
      h("span", { class: "row-tags" }, client.endpoint, ` · ${plural(client.queries, "query", "queries")}`,
        client.level === "cohort" && " · cohort", client.alarms > 0 && ` · ${plural(client.alarms, "alarm")}`,
        client.lastSeen && [" · ", since(client.lastSeen)])),
  ];
}

function clientDetail(id, signal) {
  const root = h("article", { class: "detail", "aria-busy": "true" }, h("p", { class: "loading" }, "Loading the client"));
  const load = async () => {
    try {
      const client = await get(`clients/${encodeURIComponent(id)}`, {}, signal);
      fill(root, h("header", { class: "detail-head" },
        h("p", { class: "eyebrow" }, h("span", {}, client.entries?.[0]?.level === "cohort" ? "Cohort" : "Client"),
          h("span", { class: "muted" }, `kept by ${client.instance}`)),
        h("h1", { class: "id" }, client.id),
        h("p", {}, h("a", { href: `#/alerts?client=${encodeURIComponent(id)}` }, "Its alerts"))),
      client.entries?.length ? client.entries.map((entry) => entryPart(entry, signal)) : empty("Nothing is kept of this one", ""));
      root.removeAttribute("aria-busy");
    } catch (error) {
      if (!signal.aborted) {
        fill(root, failure(error, error.status === 404 ? null : load));
      }
    }
  };
  load();
  return root;
}

function entryPart(entry, signal) {
  const chart = h("div", {});
  const stop = evidenceChart(chart, entry.path, entry.threshold);
  signal.addEventListener("abort", stop);
  return h("section", { class: "entry" },
    h("h2", {}, `On ${entry.endpoint}`, " ", bandBadge(entry.band)),
    h("p", { class: "lead" }, sentence(entry)),
    chart, entry.path && sensorLegend(entry.path.points),
    entry.sensors?.length > 0 && sensorTable(entry),
    facts([
      ["Evidence", `${evidence(entry.evidence)} of ${evidence(entry.threshold)}`],
      ["Queries since then", count(entry.queries)],
      ["Watched since", entry.since && since(entry.since)],
      ["Alarms", count(entry.alarms)],
      ["Members among the queries", memberFigure(entry.memberShare)],
      ["Last seen", entry.lastSeen && since(entry.lastSeen)],
    ]));
}

function sentence(entry) {
  const state = {
    alarmed: "Under alarm: its evidence reached the threshold, and began anew.", high: "Near an alarm.",
    elevated: "Some evidence, far from an alarm.", low: "Nothing of note.",
  }[entry.band] ?? "";
  return `${state} ${memberSentence(entry.memberShare)}`.trim();
}

function sensorTable(entry) {
  return h("div", { class: "scroll-x" }, h("table", { class: "table" }, h("caption", { class: "sr" }, "Evidence by sensor"),
    h("thead", {}, h("tr", {}, ["Sensor", "Evidence", "", "Flagged", "Of"].map((name, column) =>
      h("th", { scope: "col", class: column === 1 || column > 2 ? "number" : null }, name || h("span", { class: "sr" }, "Way to an alarm"))))),
    h("tbody", {}, entry.sensors.map((sensor) => h("tr", {},
      h("th", { scope: "row" }, h("span", { class: `swatch sensor-${sensor.sensor}`, "aria-hidden": "true" }), nameOf(sensor.sensor)),
      h("td", { class: "number" }, evidence(sensor.evidence)),
      h("td", {}, evidenceBar(sensor.evidence, entry.threshold, "sensor")),
      h("td", { class: "number" }, count(sensor.flagged)),
      h("td", { class: "number" }, count(sensor.seen)))))));
}
