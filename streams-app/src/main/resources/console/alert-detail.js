// SPDX-License-Identifier: GPL-3.0-or-later
/** One alert: what was seen, how sure, what to do, and the evidence as a picture. */
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { evidenceChart, sensorLegend } from "./evidence-chart.js";
import { clock, count, percent, times } from "./format.js";
import { icon } from "./icons.js";
import { facts, failure, memberFigure, severityBadge, since } from "./parts.js";
import { kindOf, nameOf, place, seen, subjectOf, sureness } from "./words.js";

/**
 * @param {string} id of the alert
 * @param {AbortSignal} signal when it is shown no more
 */
export function alertDetail(id, signal) {
  const root = h("article", { class: "detail", "aria-busy": "true" }, h("p", { class: "loading" }, "Loading the alert"));
  const load = async () => {
    try {
      const alert = await get(`alerts/${encodeURIComponent(id)}`, {}, signal);
      fill(root, ...parts(alert, signal));
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

function parts(alert, signal) {
  const event = alert.event ?? {};
  const chart = h("div", {});
  const subject = subjectOf(alert);
  if (alert.path) {
    const stop = evidenceChart(chart, alert.path, alert.threshold);
    signal.addEventListener("abort", stop);
  }
  return [
    h("header", { class: "detail-head" },
      h("p", { class: "eyebrow" }, severityBadge(alert.severity), h("span", {}, kindOf(alert)), since(alert.time)),
      h("h1", { class: "id" }, alert.level === "client" && alert.client
        ? h("a", { href: `#/clients/${encodeURIComponent(alert.client)}` }, subject) : subject),
      h("p", { class: "muted" }, `on ${place(alert.endpoint, alert.version)}`, alert.sensor && ` · led by ${nameOf(alert.sensor).toLowerCase()}`,
        ` · ${clock(alert.time)}`)),
    h("section", { class: "said" }, h("h2", {}, "What was seen"), h("p", { class: "lead" }, seen(alert.headline)),
      event.looksLike && h("p", {}, `It looks like ${event.looksLike}.`)),
    alert.path && h("section", {}, h("h2", {}, "Evidence"), chart, sensorLegend(alert.path.points)),
    h("div", { class: "two-up" },
      h("section", { class: "said" }, h("h2", {}, "How sure"), sureness(alert).map((sentence) => h("p", {}, sentence))),
      h("section", { class: "said" }, h("h2", {}, "What to do"), actions(event.actions), runbook(alert.runbook))),
    h("section", {}, h("h2", {}, "Figures"), figures(alert, event.evidence ?? {})),
    h("details", { class: "raw" }, h("summary", {}, "The alert as it went to the topic"),
      h("pre", { tabindex: 0 }, JSON.stringify(alert.event ?? alert, null, 2))),
  ];
}

function actions(list) {
  return list?.length ? h("ol", {}, list.map((action) => h("li", {}, action)))
    : h("p", {}, "The alert says nothing; the runbook does.");
}

/** Only addresses of the web are links: the alert's text is not to be trusted with any other. */
function runbook(address) {
  if (!address) {
    return null;
  }
  return /^https?:\/\//.test(address)
    ? h("p", {}, h("a", { class: "button", href: address, target: "_blank", rel: "noopener noreferrer" }, "Open the runbook", icon("out")))
    : h("p", { class: "muted" }, "Runbook: ", h("code", {}, address));
}

function figures(alert, seenFigures) {
  const some = (value, show) => (value === null || value === undefined ? null : show(value));
  return facts([
    ["Queries", some(alert.queries ?? seenFigures.queries, count)],
    ["Scored", some(seenFigures.scored, count)],
    ["Above the median non-member", some(seenFigures.aboveMedianShare, (share) => `${percent(share)}, 50 % expected`)],
    ["Flagged as leaky", some(seenFigures.flaggedShare, (share) => `${percent(share)}, ${percent(seenFigures.nullShare)} expected`)],
    ["Lift", some(seenFigures.lift, times)],
    ["Members among the queries", seenFigures.memberShare && memberFigure(seenFigures.memberShare)],
    ["Repeats", some(seenFigures.repeats, count)],
    ["Near another", some(seenFigures.compared, (compared) => `${count(seenFigures.near)} of ${count(compared)}`)],
    ["New clients in the minute", some(seenFigures.newClients, (number) => `${count(number)}, at most ${count(seenFigures.limit)}`)],
    ["Watched since", some(seenFigures.since, clock)],
    ["Cohort", alert.client ? alert.event?.cohort : null],
    ["Attack model", alert.event?.model?.id],
    ["MITRE ATLAS", [...(alert.event?.atlas?.techniques ?? []), ...(alert.event?.atlas?.mitigations ?? [])].join(", ")],
    ["Triggered by", seenFigures.triggeredBy && h("code", {}, seenFigures.triggeredBy)],
    ["Alert", h("code", {}, alert.id)],
  ]);
}
