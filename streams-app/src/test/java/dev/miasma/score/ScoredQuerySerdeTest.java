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
    private static final String GOLDEN_1 = "01" // version
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

    private static final String GOLDEN = "02" // version
            + "ff" // every bit: flagged, guaranteed, cohort, above the median, score, identified, training check, hit
            + "04" // words of the locality fingerprint
            + "0102030405060708" // event time
            + "1112131415161718" // fingerprint
            + "3f400000" // top confidence 0.75
            + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004" // locality
            + "3fe0000000000000" // score 0.5
            + "3fd0000000000000" // null share 0.25
            + "03" // bin
            + "02" + "3f800000" + "c0000000" // two rows: 1 and -2
            + "01" + "40400000" // one row: 3
            + "0003" + "712d31" // q-1
            + "0005" + "6672617564" // fraud
            + "0001" + "37" // 7
            + "0004" + "30613162" // 0a1b
            + "0003" + "616263" // abc
            + "0004" + "61636d65"; // acme

    @Test
    void writes_the_bytes_of_version_2() {
        assertThat(HexFormat.of().formatHex(ScoredQuerySerde.write(Queries.query())))
                .isEqualTo(GOLDEN);
    }

    @Test
    void reads_the_bytes_of_version_2() {
        assertThat(ScoredQuerySerde.read(HexFormat.of().parseHex(GOLDEN))).isEqualTo(Queries.query());
    }

    @Test
    void reads_the_bytes_of_version_1() {
        assertThat(ScoredQuerySerde.read(HexFormat.of().parseHex(GOLDEN_1)))
                .isEqualTo(new ScoredQuery(
                        "q-1",
                        "fraud",
                        "7",
                        "0a1b",
                        "acme",
                        0x0102030405060708L,
                        0x1112131415161718L,
                        false,
                        ScoredQuery.NO_LOCALITY,
                        Float.NaN,
                        new AttackScore(
                                0.5, AttackScore.NO_BIN, true, true, EvidenceColumn.of(1f, -2f), 0.25, "abc", true),
                        null));
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
        Arbitrary<List<String>> texts = text.list().ofSize(4);
        Arbitrary<EvidenceColumn> rows =
                Arbitraries.floats().array(float[].class).ofMaxSize(255).map(EvidenceColumn::of);
        Arbitrary<AttackScore> attacks = Combinators.combine(
                        Arbitraries.doubles().list().ofSize(2),
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.of(true, false).list().ofSize(3),
                        rows,
                        text)
                .as((doubles, bin, bits, evidence, model) -> new AttackScore(
                        doubles.get(0), bin, bits.get(0), bits.get(1), evidence, doubles.get(1), model, bits.get(2)));
        Arbitrary<TrainingCheck> checks =
                Combinators.combine(Arbitraries.of(true, false), rows).as(TrainingCheck::new);
        Arbitrary<long[]> localities = Arbitraries.longs()
                .array(long[].class)
                .ofSize(ScoredQuery.LOCALITY_WORDS)
                .injectNull(0.3)
                .map(words -> words == null ? ScoredQuery.NO_LOCALITY : words);
        return Combinators.combine(
                        texts,
                        text.injectNull(0.3),
                        Arbitraries.longs().list().ofSize(2),
                        Arbitraries.of(true, false),
                        localities,
                        Arbitraries.floats(),
                        attacks.injectNull(0.3),
                        checks.injectNull(0.3))
                .as((names, cohort, longs, identified, locality, confidence, attack, check) -> new ScoredQuery(
                        names.get(0),
                        names.get(1),
                        names.get(2),
                        names.get(3),
                        cohort,
                        longs.get(0),
                        longs.get(1),
                        identified,
                        locality,
                        confidence,
                        attack,
                        check));
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Test
    void is_about_a_hundred_bytes() {
        assertThat(HexFormat.of().parseHex(GOLDEN)).hasSizeLessThan(130);
    }

    @Test
    void refuses_a_newer_version_by_name() {
        byte[] newer = HexFormat.of().parseHex(GOLDEN);
        newer[0] = 3;

        assertThatThrownBy(() -> ScoredQuerySerde.read(newer))
                .isInstanceOf(SerializationException.class)
                .hasMessageStartingWith("scored query of version 3: this release reads versions 1 and 2; ");
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
                q.identified(),
                q.locality(),
                q.topConfidence(),
                q.attack(),
                new TrainingCheck(true, EvidenceColumn.of(new float[256])));

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
