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

    /** The same with another id. */
    static ScoredQuery withId(String id) {
        ScoredQuery q = query();
        return new ScoredQuery(
                id,
                q.endpoint(),
                q.version(),
                q.client(),
                q.cohort(),
                q.timeMillis(),
                q.fingerprint(),
                q.identified(),
                q.locality(),
                q.topConfidence(),
                q.attack(),
                q.training());
    }

    /** One of 64 queries, each bit of whose number stands for a text, or what may be left out. */
    static ScoredQuery ofKind(int kind) {
        ScoredQuery q = query();
        AttackScore attack = new AttackScore(
                0.5, 3, true, true, EvidenceColumn.of(1f, -2f), 0.25, (kind & 8) == 0 ? "abc" : "d", true);
        return new ScoredQuery(
                "q-" + kind,
                (kind & 1) == 0 ? "fraud" : "",
                (kind & 2) == 0 ? "7" : "8",
                (kind & 4) == 0 ? "0a1b" : "é",
                (kind & 16) == 0 ? "acme" : null,
                q.timeMillis(),
                q.fingerprint(),
                q.identified(),
                q.locality(),
                q.topConfidence(),
                (kind & 32) == 0 ? attack : null,
                q.training());
    }
}
