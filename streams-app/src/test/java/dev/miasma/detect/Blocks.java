// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.KnownModels;
import java.nio.file.Path;

/** Blocks of counts for tests, of an attack model with 13 bins whose members lie in the top four. */
final class Blocks {
    static final long START = 1_000_000_000_000L;
    static final int NON_MEMBERS = 1000;

    /** Id of the attack model. */
    static final String MODEL = AttackFiles.attack(NON_MEMBERS).id();

    /** Bin of the highest scores, which are flagged. */
    static final int TOP = 12;

    private Blocks() {}

    /** The attack model in force. */
    static KnownModels models(Path folder) {
        AttackFiles.write(folder, "fraud", NON_MEMBERS);
        return AttackModels.load(folder, false, 0.01, new NoMeasures());
    }

    /** So many scores in the highest bin, and so many in the lowest. */
    static LeakBlock of(String version, long second, long flagged, long others) {
        long[] bins = new long[TOP + 1];
        bins[0] = others;
        bins[TOP] = flagged;
        return new LeakBlock("fraud", version, START + 1000 * second, flagged + others, 0, MODEL, flagged, bins);
    }

    /** Scored by bins. */
    static LeakBlock of(long second, String modelId, long... bins) {
        long queries = 0;
        for (long count : bins) {
            queries += count;
        }
        return new LeakBlock("fraud", "7", START + 1000 * second, queries, 0, modelId, 0, bins);
    }

    /** New clients and nothing scored. */
    static LeakBlock newClients(long second, long count) {
        return new LeakBlock("fraud", "7", START + 1000 * second, count, count, "", 0, new long[0]);
    }
}
