// SPDX-License-Identifier: GPL-3.0-or-later
/** Every endpoint and version: how much its answers give away, and what a defence would change. */
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { count, percent, rate } from "./format.js";
import { histogramLegend, scoreHistogram } from "./histogram.js";
import { liftDomain, liftFigure, liftInWords, liftRow, toneOf } from "./lift-chart.js";
import { empty, facts, failure, memberFigure, missing } from "./parts.js";
import { place } from "./words.js";

const REFRESH = 5000;

/** @param {import("./app.js").Context} context */
export function endpoints({ store, signal }) {
  const root = h("div", { class: "cards" }, h("p", { class: "loading" }, "Loading endpoints"));
  const load = async () => {
    // Who is reading a bar is not to lose it.
    if (root.querySelector(".tip:not([hidden])")) {
      return;
    }
    try {
      const { items, unreachable } = await get("endpoints", {}, signal);
      const domain = liftDomain(items);
      fill(root, missing(unreachable), items.length ? items.map((item) => endpointCard(item, domain, store))
        : empty("No endpoint yet", "Endpoints stand here from their first scored answer on."));
    } catch (error) {
      if (!signal.aborted) {
        fill(root, failure(error, load));
      }
    }
  };
  load();
  const timer = setInterval(load, REFRESH);
  signal.addEventListener("abort", () => clearInterval(timer));
  return h("div", { class: "view" }, h("header", { class: "view-head" }, h("h1", {}, "Endpoints"),
    h("p", { class: "muted" }, "Leak lift is the share of answers flagged as leaky over what known non-members give: 1× leaks nothing.")), root);
}

function endpointCard(item, domain, store) {
  const lift = h("div", { class: "lift-chart" });
  liftRow(lift, item, domain, true);
  const scores = h("div", {});
  scoreHistogram(scores, item.histogram);
  const live = store.snapshot?.endpoints?.find(({ endpoint, version }) => endpoint === item.endpoint && version === item.version);
  return h("section", { class: "card endpoint" },
    h("header", { class: "card-head" }, h("h2", { class: "id" }, place(item.endpoint, item.version)), liftFigure(item)),
    h("div", { class: "endpoint-body" }, h("div", {}, h("p", { class: "lead" }, sentence(item)), lift, facts([
      ["Queries", count(item.queries)],
      ["Rate", live && `${rate(live.rate)} queries/s`],
      ["Flagged as leaky", item.flaggedShare === null ? null : percent(item.flaggedShare)],
      ["Members among the queries", memberFigure(item.memberShare)],
      ["Calibration", drift(item.nullDrift)],
      ["Attack model", item.model && [h("code", {}, item.model.id), item.model.kind && ` ${item.model.kind}`]],
    ]), item.whatIf?.length > 0 && [h("h3", {}, "With a defence before the answers"), defences(item, domain)]),
    h("div", {}, h("h3", {}, "Attack scores"), scores, item.histogram && histogramLegend(item.histogram))));
}

/** Whether live scores still look as the calibration says, in words; null where that is not known. Pure. */
export function drift(found) {
  return { holds: "holds", above: "live scores are above it", below: "live scores are below it" }[found?.verdict] ?? null;
}

/** What a lift means, in a sentence. Pure. */
export function sentence(item) {
  return {
    bad: `Its answers give away who was in the training set. ${liftInWords(item)}`,
    warn: `It leaks somewhat, or some of its clients probe. ${liftInWords(item)}`,
    good: `Hardly more answers are flagged than known non-members give. ${liftInWords(item)}`,
    unknown: liftInWords(item),
  }[toneOf(item)];
}

function defences(item, domain) {
  return h("div", { class: "rows" }, [{ defence: "as it is", lift: item.lift }, ...item.whatIf].map((row, index, all) => {
    const chart = h("div", { class: "lift-chart" });
    liftRow(chart, row, domain, index === all.length - 1);
    return h("div", { class: "lift-line" }, h("span", { class: "lift-name" }, h("b", { class: index ? "id" : null }, row.defence)), chart, liftFigure(row));
  }));
}
