// SPDX-License-Identifier: GPL-3.0-or-later
/** Attack models in force: what they were calibrated on and how well they attack. */
import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { clock, count, percent } from "./format.js";
import { empty, facts, failure, since } from "./parts.js";
import { nameOf } from "./words.js";

/** @param {import("./app.js").Context} context */
export function models({ signal }) {
  const root = h("div", { class: "cards" }, h("p", { class: "loading" }, "Loading models"));
  const load = async () => {
    try {
      const { items } = await get("models", {}, signal);
      fill(root, items.length ? items.map(modelCard)
        : empty("No attack model", "Train one with miasma train; until then nothing is scored."));
    } catch (error) {
      if (!signal.aborted) {
        fill(root, failure(error, load));
      }
    }
  };
  load();
  return h("div", { class: "view" }, h("header", { class: "view-head" }, h("h1", {}, "Attack models"),
    h("p", { class: "muted" }, "What scores the answers, and what its promise rests on.")), root);
}

function modelCard(model) {
  const tone = { "in force": "good", idle: "idle" }[model.state] ?? "bad";
  return h("section", { class: "card" },
    h("header", { class: "card-head" }, h("h2", { class: "id" }, model.name),
      h("span", { class: `badge state-${tone}` }, nameOf(model.state))),
    model.detail && h("p", { class: "lead bad" }, model.detail),
    facts([
      ["Id", model.id && h("code", {}, model.id)],
      ["Kind", model.kind],
      ["Alert budget", model.budgetGuaranteed === null ? null : model.budgetGuaranteed ? "guaranteed" : "not guaranteed"],
      ["Known non-members", count(model.calibrated?.nonMembers)],
      ["Known members", count(model.calibrated?.members)],
      ["Benign null from", model.calibrated?.source],
      ["Trained on", model.trainedOn],
      ["Loaded", model.loadedAt && h("span", { title: clock(model.loadedAt) }, since(model.loadedAt))],
    ]),
    group("Attack on records it had not seen", model.evaluation), group("Provenance", model.provenance));
}

function group(title, values) {
  const entries = Object.entries(values ?? {}).filter(([, value]) => value !== null && value !== "");
  return entries.length > 0 && [h("h3", {}, title), facts(entries.map(([name, value]) => [words(name), SHARES.has(name) ? percent(value) : shown(value)]))];
}

const NAMES = {
  auc: "AUC", tprAt10Percent: "Members found at 10 % false positives", tprAt1Percent: "Members found at 1 %",
  tprAt01Percent: "Members found at 0.1 %", nonMembers: "Non-members",
};
const SHARES = new Set(["bestBalancedAccuracy", "tprAt10Percent", "tprAt1Percent", "tprAt01Percent"]);

/** "dataHash" → "Data hash"; a name of a field as words. Pure. */
export function words(name) {
  return NAMES[name] ?? nameOf(name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").replaceAll(/[-_.]/g, " ").toLowerCase());
}

function shown(value) {
  if (typeof value === "number") {
    return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(4)));
  }
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /^[0-9a-f]{16,}$/.test(text) ? h("code", {}, text) : text;
}
