// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.score.ScoredBatch.Timed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ScoredBatchSerdeTest {
    private static final ScoredQuery QUERY = Queries.query();
    private static final String TEXTS = "0003" + "712d31" // q-1
            + "0005" + "6672617564" // fraud
            + "0001" + "37" // 7
            + "0004" + "30613162" // 0a1b
            + "0003" + "616263" // abc
            + "0004" + "61636d65"; // acme

    /** Without the version. */
    private static final String QUERY_BYTES =
            HexFormat.of().formatHex(ScoredQuerySerde.write(QUERY)).substring(2);

    private static final String GOLDEN = "03" // version
            + "d00f" // timestamp 1000, zigzag
            + QUERY_BYTES
            + "03" // two milliseconds earlier
            + QUERY_BYTES.substring(0, QUERY_BYTES.length() - TEXTS.length())
            + "0003" + "712d32" // q-2
            + "ffff" // endpoint, version, client, model and cohort as before
            + "ffff"
            + "ffff"
            + "ffff"
            + "ffff";

    private static ScoredBatch two() {
        return new ScoredBatch(List.of(new Timed(QUERY, 1_000), new Timed(Queries.withId("q-2"), 998)));
    }

    @Test
    void writes_the_bytes_of_version_3() {
        assertThat(HexFormat.of().formatHex(ScoredBatchSerde.write(two()))).isEqualTo(GOLDEN);
    }

    @Test
    void reads_the_bytes_of_version_3() {
        assertThat(ScoredBatchSerde.read(HexFormat.of().parseHex(GOLDEN))).isEqualTo(two());
    }

    @Property(tries = 200, seed = "20261122")
    void gives_back_what_it_was_given(
            @ForAll @Size(max = 40) List<@LongRange(min = 0, max = Long.MAX_VALUE / 2) Long> timestamps) {
        ScoredBatch batch = new ScoredBatch(
                timestamps.stream().map(time -> new Timed(QUERY, time)).toList());

        assertThat(ScoredBatchSerde.read(ScoredBatchSerde.write(batch))).isEqualTo(batch);
    }

    @Test
    void refuses_a_record_cut_short_anywhere_but_between_two_queries() {
        byte[] whole = HexFormat.of().parseHex(GOLDEN);
        List<Integer> read = new ArrayList<>();

        for (int length = 1; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            try {
                read.add(ScoredBatchSerde.read(part).queries().size());
            } catch (SerializationException e) {
                assertThat(e).hasMessageMatching("scored (batch|query).*");
            }
        }
        assertThat(read).containsExactly(0, 1);
    }

    @Test
    void refuses_a_first_query_that_refers_to_one_before() {
        byte[] bytes = HexFormat.of().parseHex("03d00f" + QUERY_BYTES.replace("0005" + "6672617564", "ffff"));

        assertThatThrownBy(() -> ScoredBatchSerde.read(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessage("scored query 0 of a batch of " + bytes.length + " bytes is cut short");
    }

    @Property(tries = 300, seed = "20261122")
    void keeps_texts_apart_whatever_is_the_same_as_before(
            @ForAll @Size(max = 8) List<@IntRange(max = 63) Integer> kinds) {
        List<Timed> queries = new ArrayList<>();
        for (int kind : kinds) {
            queries.add(new Timed(Queries.ofKind(kind), 1_000 + kind));
        }
        ScoredBatch batch = new ScoredBatch(queries);

        assertThat(ScoredBatchSerde.read(ScoredBatchSerde.write(batch))).isEqualTo(batch);
    }

    @Test
    void leaves_nothing_as_nothing() {
        var serde = new ScoredBatchSerde();

        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }
}
