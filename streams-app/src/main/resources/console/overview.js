// SPDX-License-Identifier: GPL-3.0-or-later
/** The view that says at a glance whether to get out of bed. */
import { get } from "./api.js";
import { fill, h, text } from "./dom.js";
import { compact, count, duration, NONE, plural, rate } from "./format.js";
import { histogramLegend, scoreHistogram } from "./histogram.js";
import { icon } from "./icons.js";
import { liftDomain, liftFigure, liftRow } from "./lift-chart.js";
import { bandBadge, card, empty, evidenceBar, facts, failure, now, severityBadge, since } from "./parts.js";
import { sparkline } from "./spark.js";
import { BANDS, place, seen, SEVERITIES, subjectOf, verdict } from "./words.js";

const SHOWN = 7;
const REFRESH = 5000;

/** @param {import("./app.js").Context} context */
export function overview({ store, signal }) {
  const banner = h("div", { class: "verdict" });
  const loading = () => h("p", { class: "loading" }, "Loading");
  const alerts = h("div", { class: "rows" }, loading());
  const clients = h("div", { class: "rows" }, loading());
  const lifts = h("div", { class: "rows" }, loading());
  const scores = h("div", {}, loading());
  const scoresOf = h("span", { class: "muted" });
  const foot = h("footer", { class: "foot" });
  const figures = figuresOf(store);
  let recent = /** @type {any[]} */ ([]);

  const showVerdict = () => {
    const hourAgo = now() - 3_600_000;
    const inHour = recent.filter((alert) => Date.parse(alert.time) > hourAgo).length;
    const { tone, line } = verdict(store.snapshot, inHour);
    banner.dataset.tone = tone;
    fill(banner, h("span", { class: "verdict-mark" }, icon(tone === "good" ? "good" : tone === "unknown" ? "help" : "high")),
      h("div", {}, h("h1", {}, line), newest(recent[0])));
  };
  const refresh = async () => {
    const [newAlerts, top, ends] = await Promise.allSettled([
      get("alerts", { limit: SHOWN }, signal), get("clients", { limit: SHOWN }, signal), get("endpoints", {}, signal),
    ]);
    if (signal.aborted) {
      return;
    }
    recent = newAlerts.value?.items ?? recent;
    showVerdict();
    show(alerts, newAlerts, (items) => items.map(alertRow), "No alert", "Whoever is found probing will stand here.", refresh);
    show(clients, top, (items) => items.map(clientRow), "No client watched yet", "Clients stand here from their first query on.", refresh);
    showLifts(lifts, ends, refresh);
    showScores(scores, scoresOf, ends);
  };

  showVerdict();
  showFoot(foot, store.status);
  refresh();
  const timer = setInterval(refresh, REFRESH);
  signal.addEventListener("abort", () => clearInterval(timer));
  store.on("status", () => showFoot(foot, store.status), signal);
  store.on("alert", refresh, signal);
  store.on("snapshot", () => {
    figures.update();
    const { line } = verdict(store.snapshot, 0);
    if (banner.querySelector("h1")?.textContent !== line) {
      showVerdict();
    }
  }, signal);

  return h("div", { class: "view overview" }, banner, figures.element,
    h("div", { class: "columns" },
      card("Newest alerts", h("a", { href: "#/alerts" }, "All alerts"), alerts),
      card("Clients by evidence", h("a", { href: "#/clients" }, "All clients"), clients)),
    h("div", { class: "columns" },
      card("Leak lift", h("a", { href: "#/endpoints" }, "All endpoints"), lifts),
      card("Attack scores", scoresOf, scores)), foot);
}

function newest(alert) {
  return alert
    ? h("p", {}, "Newest alert: ", h("a", { href: alertHref(alert) }, subjectOf(alert)), ` on ${place(alert.endpoint, alert.version)}, `,
      since(alert.time))
    : h("p", {}, "No alert so far.");
}

/** The four figures, kept up to date in place. */
function figuresOf(store) {
  const spark = sparkline();
  const speed = h("b", { class: "figure", id: "rate" }, NONE);
  const speedNote = h("p", { class: "note" });
  const alerts = h("b", { class: "figure", id: "alerts-total" }, NONE);
  const severities = h("p", { class: "note severities" });
  const watched = h("b", { class: "figure" }, NONE);
  const bands = h("div", { class: "band-stack", role: "img" });
  const bandNote = h("p", { class: "note" });
  const lift = h("div", { class: "figure-lift" });
  const liftNote = h("p", { class: "note" });
  const liftChart = h("div", { class: "lift-chart" });
  const update = () => {
    const snapshot = store.snapshot;
    if (!snapshot) {
      return;
    }
    text(speed, rate(snapshot.rate));
    spark.set(store.history.map((point) => point.rate));
    text(speedNote, [`${compact(snapshot.queries)} queries`, snapshot.lag !== null && `${compact(snapshot.lag)} waiting`,
      snapshot.rejected > 0 && `${compact(snapshot.rejected)} rejected`].filter(Boolean).join(" · "));
    text(alerts, count(snapshot.alerts?.total));
    const bySeverity = SEVERITIES.map(({ code, name }) => [code, name, snapshot.alerts?.bySeverity?.[code] ?? 0]);
    fill(severities, bySeverity.map(([code, name, number]) => h("span", { class: `severity-count severity-${code}` }, icon(code),
      `${count(number)} ${name.toLowerCase()}`)));
    showBands(snapshot.bands ?? {}, watched, bands, bandNote);
    const worst = [...(snapshot.endpoints ?? [])].sort((a, b) => (b.lift ?? -1) - (a.lift ?? -1))[0];
    fill(lift, liftFigure(worst ?? { lift: null }));
    fill(liftChart);
    if (worst) {
      liftRow(liftChart, worst, liftDomain([worst]), true);
    }
    const others = (snapshot.endpoints ?? []).length - 1;
    text(liftNote, worst?.lift ? `${place(worst.endpoint, worst.version)}${others > 0 ? `, before ${plural(others, "other")}` : ""}`
      : "no endpoint is scored yet");
  };
  update();
  const tile = (label, value, unit, ...rest) => h("section", { class: "tile" }, h("h2", {}, label),
    h("p", { class: "value" }, value, unit && h("span", { class: "unit" }, unit)), rest);
  return {
    update,
    element: h("div", { class: "tiles" },
      tile("Live rate", speed, "queries/s", speedNote, spark.element),
      tile("Alerts", alerts, null, severities),
      tile("Clients watched", watched, null, bands, bandNote),
      tile("Highest leak lift", lift, null, liftNote, liftChart)),
  };
}

function showBands(counts, total, stack, note) {
  const known = BANDS.map(({ code, name }) => ({ code, name, number: counts[code] ?? 0 }));
  const all = known.reduce((sum, { number }) => sum + number, 0);
  text(total, compact(all));
  // Small bands get a sliver all the same: one alarmed client among thousands is what matters.
  fill(stack, known.filter(({ number }) => number > 0).map(({ code, number }) => {
    const part = h("span", { class: `band-${code}` });
    part.style.flexGrow = String(Math.max(number / all, 0.02));
    return part;
  }));
  const words = known.filter(({ code }) => code !== "low").map(({ name, number }) => `${count(number)} ${name.toLowerCase()}`).join(" · ");
  stack.setAttribute("aria-label", words);
  text(note, words);
}

const alertHref = (alert) => `#/alerts/${encodeURIComponent(alert.id)}`;

function alertRow(alert) {
  return h("a", { class: "row", href: alertHref(alert) }, severityBadge(alert.severity),
    h("span", { class: "row-main" }, h("b", { class: "id" }, subjectOf(alert)), h("span", { class: "row-sub" }, seen(alert.headline))),
    h("span", { class: "row-end" }, since(alert.time), h("span", { class: "muted" }, alert.endpoint)));
}

function clientRow(client) {
  return h("a", { class: "row", href: `#/clients/${encodeURIComponent(client.id)}` }, bandBadge(client.band),
    h("span", { class: "row-main" }, h("b", { class: "id" }, client.id), evidenceBar(client.evidence, client.threshold, client.band)),
    h("span", { class: "row-end" }, h("span", {}, plural(client.queries, "query", "queries")), h("span", { class: "muted" }, client.endpoint)));
}

function show(element, outcome, rows, title, detail, retry) {
  if (outcome.status === "rejected") {
    fill(element, failure(outcome.reason, retry));
  } else if (outcome.value.items.length === 0) {
    fill(element, empty(title, detail));
  } else if (!element.contains(document.activeElement)) {
    // Who has the keyboard in this list keeps it as it is.
    fill(element, rows(outcome.value.items));
  }
}

function showLifts(element, outcome, retry) {
  const items = outcome.value?.items ?? [];
  // Where there are few endpoints, there is room for what defences would change.
  const lines = items.flatMap((item) => [
    { item, name: place(item.endpoint, item.version), note: plural(item.queries, "query", "queries") },
    ...(items.length > 2 ? [] : (item.whatIf ?? []).map((tried) => ({ item: tried, name: tried.defence, note: "with this defence" }))),
  ]);
  const domain = liftDomain(lines.map((line) => line.item));
  show(element, outcome, () => lines.map(({ item, name, note }, index) => {
    const chart = h("div", { class: "lift-chart" });
    liftRow(chart, item, domain, index === lines.length - 1);
    return h("div", { class: "lift-line" }, h("span", { class: "lift-name" }, h("b", { class: "id" }, name), h("span", { class: "muted" }, note)),
      chart, liftFigure(item));
  }), "No endpoint yet", "Endpoints stand here from their first scored answer on.", retry);
}

function showScores(element, label, outcome) {
  const items = outcome.value?.items ?? [];
  const worst = [...items].sort((a, b) => (b.lift ?? -1) - (a.lift ?? -1))[0];
  text(label, worst ? place(worst.endpoint, worst.version) : "");
  const chart = h("div", {});
  fill(element, chart, worst?.histogram && histogramLegend(worst.histogram));
  scoreHistogram(chart, worst?.histogram ?? null);
}

function showFoot(foot, status) {
  fill(foot, status && facts([
    ["Instance", status.instance], ["Version", status.version], ["Application", status.applicationId],
    ["Reads", (status.inputTopics ?? []).join(", ")],
    ["Alert budget", status.alertBudgetPerMillion === null ? null : `${plural(status.alertBudgetPerMillion, "expected false alert")} per million queries`],
    ["Runs for", duration((now() - Date.parse(status.startedAt)) / 1000)],
    ["Interface", h("a", { href: "openapi.yaml" }, "openapi.yaml")],
  ]));
}
