// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientStateSerdeTest {
    private static final String GOLDEN_1 = "01" // version
            + "02" // high
            + "0000000000000005" // last seen
            + "0000000000000004" // since
            + "0000000000000009" // end of the cool-down
            + "0000000000000003" // queries
            + "0000000000000002" // first sights
            + "0000000000000007" // above the median
            + "0000000000000001" // flagged
            + "00000006" // alarms
            + "02" + "3ff0000000000000" + "4000000000000000" // M: 1 and 2
            + "00000001" + "01" // one query in one page
            // Its bits: floor(i x 0x01555555 x 384 / 2^32) for i from 0 to 7.
            + "0000000000002aab00000000000000000000000000000000000000000000000000000000000000000000000000000000";

    private static final String GOLDEN_2 = "02" // version
            + "82" // high, and told
            + "0000000000000005" // last seen
            + "02" + "06" + "07" // since 4, last alarm 2, end of the cool-down 9, as 1, 3 and -4 in zigzag
            + "06" + "04" + "0e" + "02" // queries 3, first sights 2, above the median 7, flagged 1
            + "10" + "0c" + "08" + "14" + "12" // compared 8, near 6, climbed 4, checked 10, hits 9
            + "0c" + "08" // alarms 6, series 4
            + "0000000b" + "02" + "1e" + "d804" // bins of model 11: 15 and 300
            + "02" + "3f800000" + "40000000" // M of member-likeness: 1 and 2
            + "01" + "40400000" // of neighbourhood: 3
            + "00" + "00" + "00" // climb, repeat and training-hit never spoke
            + "00000001" + "01" // one query in one page
            // Its bits: floor(i x 0x01555555 x 384 / 2^32) for i from 0 to 7.
            + "0000000000002aab00000000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "01" + "00" // one fingerprint in the ring
            + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004" + "3f000000";

    private static final String GOLDEN_3 = "03" // version
            + "82" // high, and told
            + "0000000000000005" // last seen
            + "02" + "06" + "07" // since 4, last alarm 2, end of the cool-down 9, as 1, 3 and -4 in zigzag
            + "06" + "04" + "0e" + "02" // queries 3, first sights 2, above the median 7, flagged 1
            + "10" + "0c" + "08" + "14" + "12" // compared 8, near 6, climbed 4, checked 10, hits 9
            + "0c" + "08" // alarms 6, series 4
            + "0000000b" + "02" + "1e" + "d804" // bins of model 11: 15 and 300
            + "02" + "3f800000" + "40000000" // M of member-likeness: 1 and 2
            + "01" + "40400000" // of neighbourhood: 3
            + "00" + "00" + "00" // climb, repeat and training-hit never spoke
            + "00000001" + "01" // one query in one page
            // Its bits: floor(i x 0x01555555 x 384 / 2^32) for i from 0 to 7.
            + "0000000000002aab00000000000000000000000000000000000000000000000000000000000000000000000000000000"
            + "01" // one fingerprint in the ring
            + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004" + "3f000000";

    private static ClientState state() {
        ClientState state = ofVersion1();
        state.told = true;
        state.lastAlarmMillis = 2;
        state.series = 4;
        Tally tally = state.tally;
        tally.compared = 8;
        tally.near = 6;
        tally.climbed = 4;
        tally.checked = 10;
        tally.hits = 9;
        tally.binsModel = 11;
        tally.bins = new int[] {15, 300};
        state.evidence[Sensor.NEIGHBOURHOOD] = new float[] {3};
        state.ring.add(new long[] {1, 2, 3, 4}, 0.5f);
        return state;
    }

    private static ClientState ofVersion1() {
        ClientState state = ClientState.firstSeen(5);
        state.tally.sinceMillis = 4;
        state.band = RiskBand.HIGH;
        state.told = true;
        state.cooldownEndMillis = 9;
        state.tally.queries = 3;
        state.tally.firstSights = 2;
        state.tally.aboveMedian = 7;
        state.tally.flagged = 1;
        state.alarms = 6;
        state.series = 1;
        state.evidence[Sensor.MEMBER_LIKENESS] = new float[] {1, 2};
        state.memory.add(0x0155_5555_0000_0000L);
        return state;
    }

    @Test
    void writes_the_bytes_of_version_3() {
        assertThat(HexFormat.of().formatHex(ClientStateSerde.write(state()))).isEqualTo(GOLDEN_3);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {GOLDEN_2, GOLDEN_3})
    void reads_the_bytes_of_versions_2_and_3(String golden) {
        ClientState read = ClientStateSerde.read(HexFormat.of().parseHex(golden));

        assertThat(read).usingRecursiveComparison().isEqualTo(state());
    }

    @Test
    void what_is_written_apart_is_not_with_the_state() {
        ClientState state = ClientState.firstSeen(1);
        for (int i = 1; state.memory.size() < 200; i++) {
            state.memory.add(i * 0x9e3779b97f4a7c15L);
            state.ring.add(new long[] {i, i, i, i}, i);
        }
        byte[] all = ClientStateSerde.write(state);
        state.kept = true;
        state.memory.kept();
        state.ring.kept();
        byte[] without = ClientStateSerde.write(state);
        assertThat(state.memory.add(0x1234_5678_9abc_def0L)).isTrue();
        state.ring.add(new long[] {1, 2, 3, 4}, 0.5f);

        byte[] two = ClientStateSerde.write(state);

        assertThat(all.length - without.length).isEqualTo((32 + 64 + 128) * 12 / 8 - 1 + 64 * 36);
        assertThat(two.length - without.length).isEqualTo(8 + 36);
        assertThat(HexFormat.of().formatHex(two))
                .startsWith("0340")
                .endsWith("000000c9" + "80" + "01" + "123456789abcdef0" // 201 queries, the last of them
                        + "81" + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004"
                        + "3f000000");
        assertThat(ClientStateSerde.write(ClientStateSerde.read(two))).isEqualTo(two);
    }

    @Test
    void a_state_whose_memory_is_nowhere_starts_its_evidence_anew() {
        ClientState state = ClientState.firstSeen(1);
        for (int i = 1; i <= 200; i++) {
            state.memory.add(i * 0x9e3779b97f4a7c15L);
        }
        state.memory.kept();
        state.evidence[0] = new float[] {1, 2};
        state.alarms = 3;

        ClientState read = ClientStateSerde.read(ClientStateSerde.write(state));
        read.complete(null);

        assertThat(read.memory.size()).isZero();
        assertThat(read.evidence[0]).containsExactly(0, 0);
        assertThat(read.alarms).isEqualTo(3);
    }

    @Test
    void reads_the_bytes_of_version_1() {
        ClientState read = ClientStateSerde.read(HexFormat.of().parseHex(GOLDEN_1));

        assertThat(read).usingRecursiveComparison().isEqualTo(ofVersion1());
    }

    @Property(tries = 300, seed = "20261122")
    void gives_back_what_it_was_given(
            @ForAll @Size(14) List<Long> numbers,
            @ForAll @Size(3) List<Integer> small,
            @ForAll @Size(max = 32) List<Integer> bins,
            @ForAll @Size(max = 255) List<Float> rows,
            @ForAll RiskBand band,
            @ForAll boolean told,
            @ForAll @Size(max = 100) List<Long> fingerprints) {
        ClientState state = ClientState.firstSeen(numbers.get(1));
        state.band = band;
        state.told = told;
        state.tally.sinceMillis = numbers.get(0);
        state.cooldownEndMillis = numbers.get(2);
        state.lastAlarmMillis = numbers.get(3);
        state.tally.queries = numbers.get(4);
        state.tally.firstSights = numbers.get(5);
        state.tally.flagged = numbers.get(6);
        state.tally.aboveMedian = numbers.get(7);
        state.tally.compared = numbers.get(8);
        state.tally.near = numbers.get(9);
        state.tally.climbed = numbers.get(10);
        state.tally.checked = numbers.get(11);
        state.tally.hits = numbers.get(12);
        state.alarms = small.get(0);
        state.series = small.get(1);
        state.tally.binsModel = small.get(2);
        state.tally.bins = bins.stream().mapToInt(Integer::intValue).toArray();
        float[] m = new float[rows.size()];
        for (int row = 0; row < m.length; row++) {
            m[row] = rows.get(row);
        }
        state.evidence[(int) Math.floorMod(numbers.get(13), (long) Sensor.COUNT)] = m;
        for (long fingerprint : fingerprints) {
            state.memory.add(fingerprint);
            state.ring.add(new long[] {fingerprint, ~fingerprint, fingerprint * 3, 1}, (float) fingerprint);
        }

        ClientState read = ClientStateSerde.read(ClientStateSerde.write(state));

        assertThat(ClientStateSerde.write(read)).isEqualTo(ClientStateSerde.write(state));
        assertThat(read).usingRecursiveComparison().ignoringFields("ring").isEqualTo(state);
        long[] next = {9, 9, 9, 9};
        read.ring.add(next, 1);
        state.ring.add(next, 1);
        assertThat(ClientStateSerde.write(read)).isEqualTo(ClientStateSerde.write(state));
    }

    @Test
    void a_client_of_up_to_32_queries_takes_at_most_200_bytes_without_the_ring() {
        ClientState state = state();
        state.lastSeenMillis = 1_800_000_000_000L;
        state.tally.sinceMillis = state.lastSeenMillis - 86_400_000;
        state.ring.clear();
        state.evidence[Sensor.MEMBER_LIKENESS] = new float[4];
        for (int place = 1; place < Sensor.COUNT; place++) {
            state.evidence[place] = new float[3];
        }
        state.tally.bins = new int[15];
        Arrays.fill(state.tally.bins, 3);
        assertThat(ClientStateSerde.write(ClientState.firstSeen(1))).hasSizeLessThanOrEqualTo(80);
        for (long i = 0; state.memory.size() < 32; i++) {
            state.memory.add(i * 0x9e3779b97f4a7c15L);
        }

        assertThat(ClientStateSerde.write(state)).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void refuses_a_newer_version_by_name() {
        byte[] newer = HexFormat.of().parseHex(GOLDEN_3);
        newer[0] = 4;

        assertThatThrownBy(() -> ClientStateSerde.read(newer))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("client state of version 4: this release reads versions 1 to 3");
    }

    @Test
    void refuses_a_state_cut_short_anywhere() {
        byte[] whole = HexFormat.of().parseHex(GOLDEN_3);

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ClientStateSerde.read(part))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("client state of " + length + " bytes cannot be read");
        }
    }

    @Test
    void refuses_a_band_it_does_not_know() {
        byte[] unknown = HexFormat.of().parseHex(GOLDEN_3);
        unknown[1] = 9;

        assertThatThrownBy(() -> ClientStateSerde.read(unknown))
                .isInstanceOf(SerializationException.class)
                .hasRootCauseMessage("no risk band has the id 9");
    }

    @Test
    void leaves_nothing_as_nothing() {
        var serde = new ClientStateSerde();

        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }
}
