// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an endpoint. Mutable; {@link EndpointStateSerde} has its bytes. */
final class EndpointState {
    /** Versions kept; where there are more, the one that was silent for longest goes. */
    static final int MAX_VERSIONS = 8;

    /** In the order in which they were first seen. */
    final List<VersionState> versions = new ArrayList<>();

    final FloodWatch flood = new FloodWatch();
    final Cooldown floodAlarms = new Cooldown();

    /** Event time of the newest block, milliseconds since 1970. */
    long lastSeenMillis = Long.MIN_VALUE;

    /** The state of a version, made where there is none. */
    VersionState of(LeakBlock block) {
        for (VersionState state : versions) {
            if (state.version.equals(block.version())) {
                return state;
            }
        }
        @Nullable VersionTest test = versions.isEmpty() ? null : new VersionTest(versions.getLast().version);
        if (versions.size() == MAX_VERSIONS) {
            versions.stream()
                    .min(Comparator.comparingLong(state -> state.lastSeenMillis))
                    .ifPresent(versions::remove);
        }
        VersionState made = new VersionState(block.version(), test);
        made.lastSeenMillis = block.secondMillis();
        versions.add(made);
        return made;
    }
}
