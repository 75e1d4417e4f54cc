// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.ScoredQuery;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What the store of blocks does with them is {@link LeakBlockStoreTest}'s. */
class OpenLeakBlockTest {
    private static final int QUERIES = 10_000;

    private static ScoredQuery query(int bin) {
        var attack = new AttackScore(0.5, bin, false, bin == 2, EvidenceColumn.of(0), 0.01, "model", true);
        return new ScoredQuery(
                "q", "fraud", "7", "client", null, 5_300, 1, true, ScoredQuery.NO_LOCALITY, 0.5f, attack, null);
    }

    @Test
    void what_it_tells_does_not_change_with_it() {
        OpenLeakBlock open = OpenLeakBlock.startedBy(query(1));
        open.add(query(1), true, true);

        LeakBlock told = open.soFar();
        open.add(query(1), true, false);
        open.add(query(2), true, false);

        assertThat(told).isEqualTo(new LeakBlock("fraud", "7", 5_000, 1, 1, "model", 0, new long[] {0, 1}));
        assertThat(open.soFar()).isEqualTo(new LeakBlock("fraud", "7", 5_000, 3, 1, "model", 1, new long[] {0, 2, 1}));
        assertThat(OpenLeakBlock.of(told).soFar()).isEqualTo(told);
    }

    @Test
    void a_query_allocates_nothing() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ScoredQuery query = query(3);
        OpenLeakBlock open = OpenLeakBlock.startedBy(query);
        open.add(query, true, true);

        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < QUERIES; i++) {
            open.add(query, true, false);
        }
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(QUERIES);
        assertThat(open.soFar().queries()).isEqualTo(QUERIES + 1);
    }
}
