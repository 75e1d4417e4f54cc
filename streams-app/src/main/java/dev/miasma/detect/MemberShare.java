// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.ShareEstimate;
import org.jspecify.annotations.Nullable;

/**
 * The estimated share of training members among what was seen, with its 95 % interval.
 *
 * @param share the most likely share, 0 to 1
 * @param low the interval's lower end
 * @param high its upper end
 * @param queries scored first sights behind it, at least 1
 */
public record MemberShare(double share, double low, double high, long queries) {
    static @Nullable MemberShare of(@Nullable ShareEstimate estimate) {
        return estimate == null
                ? null
                : new MemberShare(estimate.share(), estimate.low(), estimate.high(), estimate.queries());
    }
}
