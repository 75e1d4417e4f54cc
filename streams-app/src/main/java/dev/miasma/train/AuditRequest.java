// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to audit, and how.
 *
 * @param shadow answers of a shadow model with a column 'member'; without it, attacks are cross-validated on the
 *     audited model's own answers
 * @param target answers of the audited model: one file with a column 'member', or members and non-members in this order
 * @param seed of folds, networks and bootstrap
 * @param resamples of the bootstrap; 0 for no intervals
 * @param prior share of members among the records an attacker asks about, in (0, 1)
 */
public record AuditRequest(Optional<Path> shadow, List<Path> target, long seed, int resamples, double prior) {
    public AuditRequest {
        target = List.copyOf(target);
        if (target.isEmpty() || target.size() > 2) {
            throw new IllegalArgumentException(
                    "target files are " + target.size() + "; one, or members and non-members, needed");
        }
    }

    /** Names of the files, for people. */
    List<String> inputs() {
        return Stream.concat(shadow.stream(), target.stream())
                .map(path -> String.valueOf(path.getFileName()))
                .toList();
    }
}
