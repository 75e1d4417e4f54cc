// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.ScoredQuery;

/** What a query is to those before it from the same subject. One object, filled again for each query. */
final class Sight {
    /** Fewer new queries than this, and no locality fingerprints are kept: most clients never need 2 kB of them. */
    static final int RING_FROM = 5;

    private final long[] scratch = new long[LocalityRing.CAPACITY];

    /** Not known from before. */
    boolean first;

    /** Compared with earlier queries, of which there were some. */
    boolean compared;

    /** Near one of them, and not equal to any. */
    boolean near;

    /** Near, and with a larger top confidence than that neighbour's. */
    boolean climbed;

    /** Compares a query with those before it, and remembers it with them; the memory has to have room. */
    void look(ClientState state, ScoredQuery query) {
        first = state.memory.add(query.fingerprint());
        compared = false;
        near = false;
        climbed = false;
        if (!first || query.locality().length == 0) {
            return;
        }
        LocalityRing ring = state.ring;
        if (ring.size() > 0) {
            int nearest = ring.nearest(query.locality(), scratch);
            compared = true;
            near = nearest >= 0;
            climbed = near && query.topConfidence() > ring.confidence(nearest);
        }
        if (state.memory.size() >= RING_FROM) {
            ring.add(query.locality(), query.topConfidence());
        }
    }
}
