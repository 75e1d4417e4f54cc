// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/**
 * The weights of recent answers behind a leak lift; an answer's weight halves every {@value LeakMeter#HALF_LIFE} answers.
 *
 * @param answers of all answers
 * @param flagged of the flagged ones
 * @param expected of those flagged if nobody asked about a member
 */
public record LeakWindow(double answers, double flagged, double expected) {}
