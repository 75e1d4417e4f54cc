// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import dev.miasma.fixtures.AttackFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A watched model that overfits more than the demo's does: a tenth of its members reaches the flag cut, which one in a
 * hundred others does. The demo's target gives hardly a member away at that cut, so that its leak lift stays near 1. Answers
 * are made up and repeatable; {@link AttackFiles} has the attack that is calibrated on them.
 */
final class LeakyTarget {
    private static final int RECORDS = 3_000;
    private static final int FEATURES = 20;
    private static final int CLASSES = 50;

    final double[][] members = records(1);
    final double[][] nonMembers = records(0);

    private static double[][] records(int member) {
        Random random = new Random(20261122 + member);
        double[][] records = new double[RECORDS][];
        for (int i = 0; i < RECORDS; i++) {
            records[i] = random.doubles(FEATURES).toArray();
            records[i][0] = member;
        }
        return records;
    }

    /** Writes the attack models of an endpoint with these answers, for answers as they are and behind defences. */
    static void writeModels(Path folder, String endpoint, String... defences) {
        AttackFiles.write(folder, endpoint, 2_000);
        for (String defence : defences) {
            AttackFiles.write(folder, endpoint + "+" + defence, 2_000);
        }
    }

    /** The answer to a query: features to posterior, the same for the same query. */
    double[] answer(double[] features) {
        double u = new Random(Arrays.hashCode(features)).nextDouble();
        double top = features[0] == 1 ? 0.9 + 0.1 * u : Math.max(u, 1.0 / CLASSES);
        double[] posterior = new double[CLASSES];
        Arrays.fill(posterior, (1 - top) / (CLASSES - 1));
        posterior[0] = top;
        return posterior;
    }
}
