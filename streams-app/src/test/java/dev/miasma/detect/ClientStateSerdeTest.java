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

class ClientStateSerdeTest {
    private static final String GOLDEN = "01" // version
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

    private static ClientState state() {
        ClientState state = ClientState.firstSeen(5);
        state.sinceMillis = 4;
        state.band = RiskBand.HIGH;
        state.cooldownEndMillis = 9;
        state.queries = 3;
        state.firstSights = 2;
        state.aboveMedian = 7;
        state.flagged = 1;
        state.alarms = 6;
        state.memberLikeness = new double[] {1, 2};
        state.memory.add(0x0155_5555_0000_0000L);
        return state;
    }

    @Test
    void writes_the_bytes_of_version_1() {
        assertThat(HexFormat.of().formatHex(ClientStateSerde.write(state()))).isEqualTo(GOLDEN);
    }

    @Test
    void reads_the_bytes_of_version_1() {
        ClientState read = ClientStateSerde.read(HexFormat.of().parseHex(GOLDEN));

        assertThat(read).usingRecursiveComparison().isEqualTo(state());
    }

    @Property(tries = 300, seed = "20261122")
    void gives_back_what_it_was_given(
            @ForAll @Size(8) List<Long> numbers,
            @ForAll int alarms,
            @ForAll @Size(max = 255) List<Double> rows,
            @ForAll RiskBand band,
            @ForAll @Size(max = 100) List<Long> fingerprints) {
        ClientState state = ClientState.firstSeen(numbers.get(1));
        state.sinceMillis = numbers.get(0);
        state.band = band;
        state.cooldownEndMillis = numbers.get(2);
        state.queries = numbers.get(3);
        state.firstSights = numbers.get(4);
        state.flagged = numbers.get(5);
        state.aboveMedian = numbers.get(6);
        state.alarms = alarms;
        state.memberLikeness = rows.stream().mapToDouble(Double::doubleValue).toArray();
        fingerprints.forEach(state.memory::add);

        ClientState read = ClientStateSerde.read(ClientStateSerde.write(state));

        assertThat(read).usingRecursiveComparison().isEqualTo(state);
    }

    @Test
    void a_client_of_up_to_32_queries_takes_at_most_200_bytes() {
        ClientState state = state();
        state.memberLikeness = new double[4];
        assertThat(ClientStateSerde.write(ClientState.firstSeen(1))).hasSizeLessThanOrEqualTo(80);
        for (long i = 0; state.memory.size() < 32; i++) {
            state.memory.add(i * 0x9e3779b97f4a7c15L);
        }

        assertThat(ClientStateSerde.write(state)).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void refuses_a_newer_version_by_name() {
        byte[] newer = HexFormat.of().parseHex(GOLDEN);
        newer[0] = 2;

        assertThatThrownBy(() -> ClientStateSerde.read(newer))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("client state of version 2: this release reads version 1");
    }

    @Test
    void refuses_a_state_cut_short_anywhere() {
        byte[] whole = HexFormat.of().parseHex(GOLDEN);

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ClientStateSerde.read(part))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("client state of " + length + " bytes cannot be read");
        }
    }

    @Test
    void refuses_a_band_it_does_not_know() {
        byte[] unknown = HexFormat.of().parseHex(GOLDEN);
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
