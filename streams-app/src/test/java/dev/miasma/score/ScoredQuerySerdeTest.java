// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ScoredQuerySerdeTest {
    private static final String GOLDEN = "01" // version
            + "0f" // flagged, budget guaranteed, with a cohort, above the median
            + "0102030405060708" // event time
            + "1112131415161718" // fingerprint
            + "3fe0000000000000" // score 0.5
            + "3fd0000000000000" // null share 0.25
            + "02" + "3f800000" + "c0000000" // two rows: 1 and -2
            + "0003" + "712d31" // q-1
            + "0005" + "6672617564" // fraud
            + "0001" + "37" // 7
            + "0004" + "30613162" // 0a1b
            + "0003" + "616263" // abc
            + "0004" + "61636d65"; // acme

    @Test
    void writes_the_bytes_of_version_1() {
        assertThat(HexFormat.of().formatHex(ScoredQuerySerde.write(Queries.query())))
                .isEqualTo(GOLDEN);
    }

    @Test
    void reads_the_bytes_of_version_1() {
        assertThat(ScoredQuerySerde.read(HexFormat.of().parseHex(GOLDEN))).isEqualTo(Queries.query());
    }

    @Property(tries = 500, seed = "20261122")
    void gives_back_what_it_was_given(@ForAll("queries") ScoredQuery query) {
        byte[] bytes = ScoredQuerySerde.write(query);

        ScoredQuery read = ScoredQuerySerde.read(bytes);

        assertThat(read).isEqualTo(query).hasSameHashCodeAs(query);
        assertThat(ScoredQuerySerde.write(read)).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<ScoredQuery> queries() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20).filter(ScoredQuerySerdeTest::isWellFormed);
        Arbitrary<List<String>> texts = text.list().ofSize(5);
        Arbitrary<float[]> rows = Arbitraries.floats().array(float[].class).ofMaxSize(255);
        return Combinators.combine(
                        texts,
                        text.injectNull(0.3),
                        Arbitraries.longs().list().ofSize(2),
                        Arbitraries.doubles().list().ofSize(2),
                        rows,
                        Arbitraries.of(true, false).list().ofSize(3))
                .as((names, cohort, longs, doubles, evidence, flags) -> new ScoredQuery(
                        names.get(0),
                        names.get(1),
                        names.get(2),
                        names.get(3),
                        cohort,
                        longs.get(0),
                        longs.get(1),
                        doubles.get(0),
                        flags.get(2),
                        flags.get(0),
                        evidence,
                        doubles.get(1),
                        names.get(4),
                        flags.get(1)));
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Test
    void is_about_a_hundred_bytes() {
        assertThat(HexFormat.of().parseHex(GOLDEN)).hasSizeLessThan(120);
    }

    @Test
    void refuses_a_newer_version_by_name() {
        byte[] newer = HexFormat.of().parseHex(GOLDEN);
        newer[0] = 2;

        assertThatThrownBy(() -> ScoredQuerySerde.read(newer))
                .isInstanceOf(SerializationException.class)
                .hasMessage("scored query of version 2: this release reads version 1");
    }

    @Test
    void refuses_a_record_cut_short_anywhere() {
        byte[] whole = HexFormat.of().parseHex(GOLDEN);

        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ScoredQuerySerde.read(part))
                    .isInstanceOf(SerializationException.class)
                    .hasMessage("scored query of " + length + " bytes is cut short");
        }
    }

    @Test
    void refuses_more_rows_than_fit_rather_than_write_others() {
        ScoredQuery q = Queries.query();
        var query = new ScoredQuery(
                q.queryId(),
                q.endpoint(),
                q.version(),
                q.client(),
                q.cohort(),
                q.timeMillis(),
                q.fingerprint(),
                q.score(),
                q.aboveMedian(),
                q.flagged(),
                new float[256],
                q.nullShare(),
                q.modelId(),
                q.budgetGuaranteed());

        assertThatThrownBy(() -> ScoredQuerySerde.write(query))
                .isInstanceOf(SerializationException.class)
                .hasMessage("scored query with 256 rows of evidence: at most 255 can be written");
    }

    @Test
    void leaves_nothing_as_nothing() {
        var serde = new ScoredQuerySerde();

        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }
}
