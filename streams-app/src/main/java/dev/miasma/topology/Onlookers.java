// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.detect.EvidencePaths;
import dev.miasma.measure.LogLimit;
import java.time.InstantSource;

/**
 * Who is told beside the measures what the stages do.
 *
 * @param paths told how the evidence goes of who comes near an alarm
 * @param log limit to the lines of the log
 */
public record Onlookers(EvidencePaths paths, LogLimit log) {
    /** Nobody but the log. */
    static Onlookers none(InstantSource clock) {
        return new Onlookers(EvidencePaths.none(), new LogLimit(clock));
    }
}
