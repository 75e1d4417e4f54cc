// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/**
 * What the recent scores of an endpoint's version say.
 *
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param memberShare estimated share of training members among the queries; NaN where the attack model knows no members
 * @param memberShareLow lower end of its interval, likewise
 * @param memberShareHigh upper end
 * @param driftRatio largest live share at or above a cut over the bound of the benign null
 * @param verdict whether the benign null holds
 */
public record VersionLeak(
        String endpoint,
        String version,
        double memberShare,
        double memberShareLow,
        double memberShareHigh,
        double driftRatio,
        String verdict) {}
