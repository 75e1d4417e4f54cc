// SPDX-License-Identifier: GPL-3.0-or-later
/** Numbers and times as text. Pure; `null` and what is no number become a dash. */

export const NONE = "–";
/** Keeps a number and its unit on one line. */
const NBSP = "\u00a0";
/** Forbids a line break where it stands. */
const JOINER = "\u2060";
const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

const known = (value) => typeof value === "number" && Number.isFinite(value);

/** 1204331 → "1,204,331". */
export function count(value) {
  return known(value) ? whole.format(value) : NONE;
}

/** In full below 100,000, beyond by the letter: 7943 → "7,943", 1204331 → "1.2 M". */
export function compact(value) {
  if (!known(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  const [divisor, unit] = size >= 1e9 ? [1e9, `${NBSP}G`] : size >= 1e6 ? [1e6, `${NBSP}M`] : size >= 1e5 ? [1e3, `${NBSP}k`] : [1, ""];
  const shown = value / divisor;
  return (unit && Math.abs(shown) < 100 ? shown.toFixed(1) : whole.format(shown)) + unit;
}

/** A rate: below ten with one decimal. */
export function rate(value) {
  return known(value) ? (value > 0 && value < 10 ? value.toFixed(1) : whole.format(value)) : NONE;
}

/** A share: 0.0684 → "6.8 %", 0.00021 → "0.021 %". */
export function percent(share) {
  if (!known(share)) {
    return NONE;
  }
  const value = 100 * share;
  if (value === 0) {
    return `0${NBSP}%`;
  }
  const digits = Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 0.1 ? 1 : 3;
  return `${Number(value.toFixed(digits))}${NBSP}%`;
}

/** A multiple, to two digits, more near 1: 0.946 → "0.95×", 3.42 → "3.4×". */
export function times(value) {
  return known(value) ? `${value >= 100 ? whole.format(value) : value.toFixed(value < 2 ? 2 : value < 10 ? 1 : 0)}×` : NONE;
}

/** A power of ten as it stands at an axis: 0 → "1", 3 → "1,000", 6 → "10⁶", -2 → "0.01". */
export function power(exponent) {
  if (exponent >= 0 && exponent <= 3) {
    return whole.format(10 ** exponent);
  }
  if (exponent < 0 && exponent >= -2) {
    return String(Number((10 ** exponent).toFixed(-exponent)));
  }
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** The value behind a log10, to three digits: 2.1 → "126", 6.0969 → "1,250,000", 8.1 → "1.3 × 10⁸". */
export function evidence(log10) {
  if (log10 === null || log10 === undefined || Number.isNaN(log10)) {
    return NONE;
  }
  if (log10 < 7) {
    const value = 10 ** log10;
    return value >= 10 ? whole.format(Number(value.toPrecision(3))) : String(Number(value.toFixed(value >= 0.1 ? 1 : 2)));
  }
  let exponent = Math.floor(log10);
  let mantissa = (10 ** (log10 - exponent)).toFixed(1);
  if (mantissa === "10.0") {
    mantissa = "1.0";
    exponent += 1;
  }
  return `${mantissa}${NBSP}×${NBSP}${power(exponent)}`;
}

/** How far evidence is on its way to the threshold, 0 to 1, on the log scale. */
export function progress(log10, threshold) {
  return known(log10) && known(threshold) && threshold > 0 ? Math.min(1, Math.max(0, log10 / threshold)) : 0;
}

/** An interval of shares: "31 – 74 %". */
export function shareInterval(low, high) {
  return known(low) && known(high) ? `${percent(low).replace(`${NBSP}%`, "")}${NBSP}–${JOINER}${NBSP}${percent(high)}` : NONE;
}

/** How long ago, in the largest unit: "just now", "40 s ago", "2 h ago", "in 3 min". */
export function ago(time, now) {
  const millis = typeof time === "number" ? time : Date.parse(time ?? "");
  if (!Number.isFinite(millis)) {
    return NONE;
  }
  const seconds = Math.round((now - millis) / 1000);
  const size = Math.abs(seconds);
  if (size < 5) {
    return "just now";
  }
  const [amount, unit] = size < 60 ? [size, "s"]
    : size < 3600 ? [Math.floor(size / 60), "min"]
    : size < 48 * 3600 ? [Math.floor(size / 3600), "h"]
    : size < 730 * 86400 ? [Math.floor(size / 86400), "days"] : [Math.floor(size / 31557600), "years"];
  return seconds < 0 ? `in ${amount} ${unit}` : `${amount} ${unit} ago`;
}

/** A length of time: 93 → "1 min 33 s". */
export function duration(seconds) {
  if (!known(seconds)) {
    return NONE;
  }
  const all = Math.max(0, Math.round(seconds));
  const [days, hours, minutes] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60];
  if (days) {
    return `${days} d ${hours} h`;
  }
  if (hours) {
    return `${hours} h ${minutes} min`;
  }
  return minutes ? `${minutes} min ${all % 60} s` : `${all} s`;
}

const pad = (value) => String(value).padStart(2, "0");

/** A time on the clock of who looks: "2025-03-01 14:05:09". */
export function clock(time) {
  const date = new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? NONE
    : `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${hms(date)}`;
}

/** "14:05:09". */
export function hms(time) {
  const date = time instanceof Date ? time : new Date(time ?? NaN);
  return Number.isNaN(date.getTime()) ? NONE
    : `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** "1 alert", "2 alerts", "1,204 alerts". */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}
