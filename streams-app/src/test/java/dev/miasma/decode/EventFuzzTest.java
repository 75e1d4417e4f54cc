// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.arrival;
import static dev.miasma.decode.Events.decoder;
import static dev.miasma.decode.Events.event;
import static dev.miasma.decode.Events.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EventFuzzTest {
    private static final List<String> SEEDS = List.of(
            event(),
            event("label", "1", "cohort", "\"acme\"", "sampledRate", "3"),
            event("features", "{\"age\":44,\"name\":\"zoë\",\"tags\":[true,null,1e-3]}"),
            event("locality", "[\"a\",2,3,4]", "features", "[[1,2.5],{\"a\":[]}]"),
            event("fingerprint", "\"abc\"", "time", "\"2026-11-22T12:00:00Z\""),
            Events.answered("logits", "[1.5,-2,0.25]"),
            Events.answered("topk", "[{\"label\":\"a\",\"p\":0.5},{\"label\":2,\"p\":0.25}]"),
            Events.answered(
                    "rows",
                    "[{\"posterior\":[0.5,0.5],\"id\":\"a\"},{\"logits\":[1,2],\"features\":[1,{\"a\":2}]},{\"label\":1}]"));

    /** Pieces of JSON that take a parser off the beaten track. */
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "NaN",
            "-Infinity",
            "1e999",
            "-0.0",
            "1e-400",
            "true",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\ufeff",
            "9".repeat(450),
            "[".repeat(80),
            "\"posterior\":[1]",
            "\"rows\":[{\"label\":1}]",
            "\"p\":",
            "-",
            ".",
            "e");

    private static final EventDecoder SHARED = decoder();

    @Property(tries = 2000, seed = "20261122")
    void random_bytes_are_rejected_and_never_thrown_over(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(decoder().decode(bytes, arrival()))
                .isInstanceOf(Rejection.class)
                .satisfies(this::isOrdinary);
    }

    @Property(tries = 3000, seed = "20261122")
    void mutated_events_are_predictions_or_rejections(@ForAll("mutated") byte[] bytes) {
        Decoded decoded = decoder().decode(bytes, arrival());

        assertThat(decoded).satisfiesAnyOf(this::isOrdinary, this::isValid, this::isValidBatch);
    }

    /** One decoder for all, so that each event comes after all others. */
    @Property(tries = 3000, seed = "20261122")
    void an_event_is_the_same_to_a_parser_that_is_fed_and_to_one_of_its_own(@ForAll("mutated") byte[] bytes) {
        Assume.that(EventJsonTest.isFed(bytes));
        List<?> fed = Told.of(SHARED.decode(bytes, arrival()));
        List<?> own = Told.of(SHARED.decode(EventJsonTest.spaced(bytes), arrival()));

        // In names that nobody knows the other one lets bytes pass that are no UTF-8.
        if (!fed.isEmpty() || isUtf8(bytes)) {
            assertThat(fed).as(new String(bytes, StandardCharsets.ISO_8859_1)).isEqualTo(own);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        return Arrays.equals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        Arbitrary<byte[]> spliced = Combinators.combine(
                        Arbitraries.of(SEEDS),
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.of(PIECES))
                .as((seed, where, cut, piece) -> {
                    int from = seed.length() * where / 1000;
                    int to = Math.min(seed.length(), from + cut);
                    return utf8(seed.substring(0, from) + piece + seed.substring(to));
                });
        Arbitrary<byte[]> flipped = Combinators.combine(
                        Arbitraries.of(SEEDS), Arbitraries.integers().between(0, 999), Arbitraries.bytes())
                .as((seed, where, value) -> {
                    byte[] bytes = utf8(seed);
                    bytes[bytes.length * where / 1000] = value;
                    return bytes;
                });
        return Arbitraries.oneOf(spliced, flipped);
    }

    private void isOrdinary(Decoded decoded) {
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.reason()).isNotEqualTo(RejectReason.INTERNAL_ERROR));
    }

    private void isValidBatch(Decoded decoded) {
        assertThat(decoded).isInstanceOfSatisfying(Batch.class, batch -> {
            assertThat(batch.size()).isPositive();
            for (int i = 0; i < batch.size(); i++) {
                assertThat(batch.row(i)).satisfiesAnyOf(this::isOrdinary, this::isValid);
            }
        });
    }

    private void isValid(Decoded decoded) {
        assertThat(decoded).isInstanceOfSatisfying(Prediction.class, prediction -> {
            double[] posterior = Arrays.copyOf(prediction.posterior(), prediction.classes());
            assertThat(prediction.classes()).isBetween(0, Events.MAX_CLASSES);
            assertThat(Arrays.stream(posterior)).allMatch(p -> p >= 0 && p <= 1 + Events.TOLERANCE);
            assertThat(prediction.trueClass()).isBetween(-1, Math.max(-1, prediction.classes() - 1));
            assertThat(prediction.timeMillis()).isBetween(0L, Events.NOW + Events.DAY);
            assertThat(prediction.represents()).isPositive();
        });
    }

    @Property(tries = 1000, seed = "20261122")
    void no_message_holds_the_client_its_header_or_its_features(
            @ForAll("mutations") String breakage, @ForAll @IntRange(min = 0, max = 99) int percent) {
        String event = event(
                "client", "\"SECRET-client\"", "features", "[\"SECRET-feature\",7777777.25]", "cohort", "\"SECRET\"");
        int where = event.length() * percent / 100;
        String broken = event.substring(0, where) + breakage + event.substring(where);

        Decoded decoded = decoder().decode(utf8(broken), Events.arrivalWithHeader("SECRET-header"));

        if (decoded instanceof Rejection rejection) {
            assertThat(rejection.message()).doesNotContain("SECRET", "7777777");
        } else {
            assertThat(decoded)
                    .isInstanceOfSatisfying(
                            Prediction.class, p -> assertThat(p.client()).doesNotContain("SECRET"));
        }
    }

    @Property(tries = 1000, seed = "20261122")
    void no_message_of_a_row_holds_the_client_or_its_features_either(
            @ForAll("mutations") String breakage, @ForAll @IntRange(min = 0, max = 99) int percent) {
        String rows = "[{\"features\":[\"SECRET-feature\",7777777.25],\"posterior\":[1]},"
                + "{\"posterior\":[0.125,0.5],\"id\":\"SECRET\"},{\"label\":1,\"fingerprint\":\"SECRET\"}]";
        String event = Events.answered("rows", rows, "client", "\"SECRET-client\"");
        int where = event.length() * percent / 100;
        String broken = event.substring(0, where) + breakage + event.substring(where);

        Decoded decoded = decoder().decode(utf8(broken), arrival());

        List<Decoded> all = decoded instanceof Batch batch
                ? IntStream.range(0, batch.size()).mapToObj(batch::row).toList()
                : List.of(decoded);
        assertThat(all).allSatisfy(one -> {
            if (one instanceof Rejection rejection) {
                assertThat(rejection.message()).doesNotContain("SECRET", "7777777");
            } else {
                assertThat(((Prediction) one).client()).doesNotContain("SECRET");
            }
        });
    }

    @Provide
    Arbitrary<String> mutations() {
        return Arbitraries.of(PIECES);
    }
}
