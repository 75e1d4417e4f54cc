// SPDX-License-Identifier: GPL-3.0-or-later
/** What codes are called, and sentences put together from figures. Pure. */
import { count, evidence, percent, plural, shareInterval } from "./format.js";

/** The sensors, in the order of their lanes, with what they see. */
export const SENSORS = [
  { code: "member-likeness", name: "Member likeness", sees: "answers as training members get them" },
  { code: "neighbourhood", name: "Neighbourhood", sees: "queries near, and not equal to, one just before" },
  { code: "climb", name: "Climb", sees: "near queries that make the model more confident" },
  { code: "repeat", name: "Repeat", sees: "the same query again" },
  { code: "training-hit", name: "Training hit", sees: "queries about records of the training set" },
];

/** The bands of risk, the worst first, with what they mean. */
export const BANDS = [
  { code: "alarmed", name: "Alarmed", means: "evidence reached the alarm threshold" },
  { code: "high", name: "High", means: "more than two thirds of the way to an alarm, on the log scale" },
  { code: "elevated", name: "Elevated", means: "more than a third of the way" },
  { code: "low", name: "Low", means: "nothing of note" },
];

/** Severities, the worst first. */
export const SEVERITIES = [
  { code: "critical", name: "Critical", means: "the calibration bears the alert budget, and it goes on" },
  { code: "high", name: "High", means: "the calibration bears the alert budget" },
  { code: "medium", name: "Medium", means: "a hint to look: no budget is guaranteed" },
];

/** Levels that are watched. */
export const LEVELS = [
  { code: "client", name: "Client" },
  { code: "cohort", name: "Cohort" },
  { code: "endpoint", name: "Endpoint" },
];

const NAMES = new Map([...SENSORS, ...BANDS, ...SEVERITIES, ...LEVELS].map(({ code, name }) => [code, name]));

/** The name of a code; an unknown one with spaces and a capital. */
export function nameOf(code) {
  if (!code) {
    return "";
  }
  return NAMES.get(code) ?? code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ");
}

/** Who or what an alert is about. */
export function subjectOf(alert) {
  return alert.client ?? alert.cohort ?? place(alert.endpoint, alert.version);
}

/** "shop v7"; versions that are no number stand as they are. */
export function place(endpoint, version) {
  if (version === null || version === undefined || version === "") {
    return endpoint ?? "";
  }
  return `${endpoint} ${/^\d/.test(version) && version.length < 6 ? "v" : ""}${version}`;
}

/** Kind of an alert in two words. */
export function kindOf(alert) {
  return nameOf(alert.kind) || `${nameOf(alert.level)} alert`;
}

/**
 * What was seen, without who and without the evidence, which stand beside it anyway.
 * @param {string} headline as in the alert
 * @returns {string} a sentence
 */
export function seen(headline) {
  const all = (headline ?? "").trim();
  const marker = " for training members: ";
  const from = all.indexOf(marker);
  const body = (from < 0 ? all : all.slice(from + marker.length)).replace(/; evidence [^;]*, threshold [^;.]*(\.\d[^;.]*)?\.?$/, "");
  return body ? body.charAt(0).toUpperCase() + body.slice(1) + (/[.!?]$/.test(body) ? "" : ".") : "";
}

/** How sure a share of members is, in a sentence; empty where nothing is known. */
export function memberSentence(share) {
  const estimate = share?.estimate ?? share?.share;
  if (estimate === null || estimate === undefined) {
    return "";
  }
  return `About ${percent(estimate)} of the queries are about training members (95 % interval ${shareInterval(share.low, share.high)}).`;
}

/** How sure an alert is, in sentences. */
export function sureness(alert) {
  const budget = alert.event?.budget;
  const sentences = [];
  if (alert.evidence !== null && alert.evidence !== undefined) {
    sentences.push(`Evidence ${evidence(alert.evidence)} against an alarm threshold of ${evidence(alert.threshold)}.`);
  }
  if (budget) {
    sentences.push(budget.guaranteed ? budget.promise.replace("1 expected false alerts", "1 expected false alert")
      : `No bound on false alarms. ${budget.promise.replace(/^None: t/, "T")}`);
  }
  const member = memberSentence(alert.event?.evidence?.memberShare);
  return member ? [...sentences, member] : sentences;
}

/** The state of the fleet in one sentence, for the top of the overview. */
export function verdict(snapshot, recent) {
  if (!snapshot) {
    return { tone: "unknown", line: "Waiting for the monitor" };
  }
  if (snapshot.state && snapshot.state !== "RUNNING") {
    return { tone: "bad", line: `The monitor is not processing (${snapshot.state.toLowerCase().replaceAll("_", " ")})` };
  }
  const alarmed = snapshot.bands?.alarmed ?? 0;
  const cohorts = snapshot.cohortBands?.alarmed ?? 0;
  const high = snapshot.bands?.high ?? 0;
  if (alarmed + cohorts > 0) {
    const who = [alarmed > 0 && plural(alarmed, "client"), cohorts > 0 && plural(cohorts, "cohort")].filter(Boolean);
    return { tone: "bad", line: `${who.join(" and ")} under alarm` };
  }
  if (recent > 0) {
    return { tone: "warn", line: `${plural(recent, "alert")} in the last hour, no one under alarm now` };
  }
  if (high > 0) {
    return { tone: "warn", line: `No alarm; ${plural(high, "client")} near one` };
  }
  return snapshot.queries > 0 ? { tone: "good", line: "No one is probing, as far as the sensors see" }
    : { tone: "unknown", line: "No query seen yet" };
}

/** A chart of evidence in words, for those who do not see it. */
export function pathInWords(points, threshold, truncated) {
  if (points.length === 0) {
    return "No path of evidence is kept.";
  }
  const last = points[points.length - 1];
  const most = points.reduce((best, point) => Math.max(best, point.evidence ?? -9), -9);
  return `Evidence at ${plural(points.length, truncated ? "point" : "query", truncated ? "points" : "queries")}: from `
    + `${evidence(points[0].evidence)} to ${evidence(last.evidence)}, at most ${evidence(most)}; the alarm threshold is `
    + `${evidence(threshold)}, ${most >= threshold ? "which it reached" : "which it did not reach"}.`;
}

/** "412 of 10,000 alerts". */
export function shownOf(shown, total, one) {
  return total === null || total === undefined || total === shown ? plural(shown, one)
    : `${count(shown)} of ${plural(total, one)}`;
}
