// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

/** Scored queries for the tests of this package. */
final class Queries {
    private Queries() {}

    static ScoredQuery query() {
        return new ScoredQuery(
                "q-1",
                "fraud",
                "7",
                "0a1b",
                "acme",
                0x0102030405060708L,
                0x1112131415161718L,
                true,
                new long[] {1, 2, 3, 4},
                0.75f,
                new AttackScore(0.5, 3, true, true, EvidenceColumn.of(1f, -2f), 0.25, "abc", true),
                new TrainingCheck(true, EvidenceColumn.of(3f)));
    }
}
