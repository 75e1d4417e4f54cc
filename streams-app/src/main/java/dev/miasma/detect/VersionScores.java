// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.NullCheck;
import org.jspecify.annotations.Nullable;

/**
 * The recent scored first sights of a version of an endpoint's model, to be shown.
 *
 * @param endpoint endpoint that answered
 * @param version version of its model
 * @param modelId short id of the attack model that scored them
 * @param bins first sights by bin of its calibration, as long as the highest bin wants; never changed
 * @param memberShare share of training members among them; null where the attack model is not in force here or knows none
 * @param drift whether they look as the benign null says; null where the attack model is not in force here
 */
@SuppressWarnings("ArrayRecordComponent") // A record for its accessors; it is never compared.
public record VersionScores(
        String endpoint,
        String version,
        String modelId,
        long[] bins,
        @Nullable MemberShare memberShare,
        @Nullable NullCheck drift) {}
