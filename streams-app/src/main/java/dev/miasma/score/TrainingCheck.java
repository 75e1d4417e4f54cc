// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/**
 * What the filter of training records says of one query.
 *
 * @param hit whether the record asked about is in the filter, but for its false positives
 * @param evidence of that; shared
 */
public record TrainingCheck(boolean hit, EvidenceColumn evidence) {}
