// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointStateSerdeTest {
    private static final String GOLDEN = "01" // version
            + "0000000000000007" // last seen
            + "0000000000000001" + "0000000000000002" + "8000000000000000" // minutes: first, newest, no flood
            + "00" + "06" + "d804" + "00".repeat(58) // new clients by minute: 3 and 300
            + "04" + "0000000000000009" // two alarms, end of the cool-down
            + "02" // two versions
            + "0001" + "36" + "0000000000000005" // 6, last seen
            + "00" // no M yet
            + "00" + "0000000000000000" // no alarms
            + "0000000000000000" + "00" + "00" + "00" + "00" // since, blocks, queries, scored, flagged
            + "0000" + "00" + "00" // no recent scores
            + "00" // no version before
            + "0001" + "37" + "0000000000000006" // 7, last seen
            + "02" + "3ff0000000000000" + "4000000000000000" // M: 1 and 2
            + "02" + "0000000000000008" // one alarm, end of the cool-down
            + "0000000000000004" + "06" + "12" + "10" + "04" // since, blocks 3, queries 9, scored 8, flagged 2
            + "0003" + "616263" + "01" + "0a" + "02" + "02" + "04" // abc: 5 before, then 1 and 2
            + "01" // compared
            + "0001" + "36" + "3fe0000000000000" + "03" // with 6, ln E 0.5, mixed and alarmed
            + "14" + "02" + "04" + "00" + "0000000000000003" + "0003" + "616263" // a: 10, 1, next 2, 0, since 3
            + "16" + "04" + "06" + "02" + "0000000000000004" + "0003" + "646566"; // b: 11, 2, next 3, 1, since 4

    private static EndpointState state() {
        EndpointState state = new EndpointState();
        state.lastSeenMillis = 7;
        state.flood.first = 1;
        state.flood.newest = 2;
        state.flood.minutes[1] = 3;
        state.flood.minutes[2] = 300;
        state.floodAlarms.alarms = 2;
        state.floodAlarms.endMillis = 9;
        VersionState before = new VersionState("6", null);
        before.lastSeenMillis = 5;
        VersionTest test = new VersionTest("6");
        test.logEvidence = 0.5;
        test.mixed = true;
        test.alarmed = true;
        fill(test.a, 10, 1, 2, 0, 3, "abc");
        fill(test.b, 11, 2, 3, 1, 4, "def");
        VersionState version = new VersionState("7", test);
        version.lastSeenMillis = 6;
        version.leak.rows = new double[] {1, 2};
        version.leakAlarms.alarms = 1;
        version.leakAlarms.endMillis = 8;
        version.sinceMillis = 4;
        version.blocks = 3;
        version.queries = 9;
        version.scored = 8;
        version.flagged = 2;
        version.recent.model = "abc";
        version.recent.older = new long[] {5};
        version.recent.newer = new long[] {1, 2};
        state.versions.add(before);
        state.versions.add(version);
        return state;
    }

    private static void fill(
            VersionTest.Side side, long scored, long flagged, long next, long nextFlagged, long since, String model) {
        side.scored = scored;
        side.flagged = flagged;
        side.nextScored = next;
        side.nextFlagged = nextFlagged;
        side.nextSinceMillis = since;
        side.model = model;
    }

    @Test
    void the_bytes_are_those_of_the_released_format() {
        assertThat(HexFormat.of().formatHex(EndpointStateSerde.write(state()))).isEqualTo(GOLDEN);
    }

    @Test
    void what_is_read_is_what_was_written() {
        byte[] golden = HexFormat.of().parseHex(GOLDEN);

        EndpointState read = EndpointStateSerde.read(golden);

        assertThat(EndpointStateSerde.write(read)).isEqualTo(golden);
        assertThat(read).usingRecursiveComparison().isEqualTo(state());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 40, 101, 120, 180, 230})
    void bytes_cut_short_are_refused(int length) {
        byte[] cut = Arrays.copyOf(EndpointStateSerde.write(state()), length);

        assertThatThrownBy(() -> EndpointStateSerde.read(cut))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(length + " bytes");
    }

    @Test
    void a_version_of_the_future_is_named() {
        byte[] future = EndpointStateSerde.write(state());
        future[0] = 9;

        assertThatThrownBy(() -> EndpointStateSerde.read(future)).hasMessageContaining("version 9");
    }
}
