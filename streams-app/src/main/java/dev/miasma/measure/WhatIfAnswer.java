// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/**
 * A sampled answer as it would have been scored under a defence.
 *
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param defence id of the defence
 * @param flagged whether the score of the defended answer reached the flag cut of the defence's own model
 * @param nullShare share of that model's calibration non-members, defended likewise, that reach that cut
 */
public record WhatIfAnswer(String endpoint, String version, String defence, boolean flagged, double nullShare) {}
