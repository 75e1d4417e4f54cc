// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.util.Optional;

/**
 * What evaluated records are judged by; made by {@link ReferenceScores#yardstick}.
 *
 * @param threshold decides who is called a member
 * @param lowFprThreshold aims at a false-positive rate of {@link #LOW_FPR}; absent where the reference is too small
 * @param risk what a score says about one record
 */
public record Yardstick(LearntThreshold threshold, Optional<LearntThreshold> lowFprThreshold, RiskScale risk) {

    /** The nominal false-positive rate of the careful attacker. */
    public static final double LOW_FPR = 0.01;
}
