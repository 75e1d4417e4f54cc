// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.detect.EvidencePath;
import dev.miasma.detect.MemberShare;
import dev.miasma.serve.ClientItem;
import dev.miasma.serve.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known, in the form in which the API shows it. */
final class Shown {
    private Shown() {}

    /** log10 of an e-detector's value; 0 where that is 1 or less. */
    static double log10(double evidence) {
        return evidence > 1 ? Math.log10(evidence) : 0;
    }

    /** RFC 3339. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static dev.miasma.serve.@Nullable MemberShare share(@Nullable MemberShare share) {
        return share == null
                ? null
                : new dev.miasma.serve.MemberShare(share.share(), share.low(), share.high(), share.queries());
    }

    /** An item with a share of members. */
    static ClientItem with(ClientItem item, MemberShare share) {
        return new ClientItem(
                item.id(),
                item.endpoint(),
                item.level(),
                item.evidence(),
                item.threshold(),
                item.band(),
                item.queries(),
                item.since(),
                item.lastSeen(),
                item.alarms(),
                share(share),
                item.instance());
    }

    static @Nullable Path path(@Nullable EvidencePath path) {
        return path == null
                ? null
                : new Path(
                        path.points().stream()
                                .map(point -> new Path.Point(
                                        time(point.timeMillis()), log10(point.evidence()), point.sensor()))
                                .toList(),
                        path.thinned());
    }

    static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }

    static <T> Optional<T> nothing() {
        return Optional.empty();
    }
}
