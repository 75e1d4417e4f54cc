// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EndpointsApiTest {
    private static final EndpointItem.Scores KNOWN = new EndpointItem.Scores(
            new EndpointItem.Model("abc", "network"),
            new MemberShare(0.2, 0.1, 0.3, 100),
            new EndpointItem.NullDrift("holds", 0.5),
            new EndpointItem.Histogram(List.of(0.0, 0.5, 1.0), List.of(60L, 40L), null, List.of(0.9, 0.1)));

    @Test
    void what_the_instances_counted_is_added_up() throws Exception {
        try (ServedApi here = new ServedApi();
                ServedApi there = new ServedApi()) {
            here.others.add(there.self());
            here.endpoints.add(EndpointItem.of(
                    "shop",
                    "1",
                    1000,
                    new Window(900, 9, 9),
                    EndpointItem.Scores.none(),
                    List.of(EndpointItem.WhatIf.of("top3", new Window(100, 4, 1)))));
            there.endpoints.add(EndpointItem.of(
                    "shop",
                    "1",
                    500,
                    new Window(100, 31, 1),
                    KNOWN,
                    List.of(EndpointItem.WhatIf.of("top3", new Window(300, 4, 3)))));
            there.endpoints.add(
                    EndpointItem.of("shop", "0", 0, new Window(0, 0, 0), EndpointItem.Scores.none(), List.of()));

            JsonNode page = here.get("/api/v1/endpoints").json();

            assertThat(page.path("total").asInt()).isEqualTo(2);
            JsonNode unused = page.path("items").path(0);
            assertThat(unused.path("version").asText()).isEqualTo("0");
            assertThat(unused.path("lift").isNull()).isTrue();
            JsonNode shop = page.path("items").path(1);
            assertThat(shop.path("queries").asInt()).isEqualTo(1500);
            assertThat(shop.path("lift").asDouble()).isEqualTo(4);
            assertThat(shop.path("flaggedShare").asDouble()).isEqualTo(0.04);
            assertThat(shop.path("whatIf").path(0).path("lift").asDouble()).isEqualTo(2);
            assertThat(shop.path("histogram").path("counts").path(1).asInt()).isEqualTo(40);
            assertThat(shop.path("memberShare").path("estimate").asDouble()).isEqualTo(0.2);
        }
    }

    @Test
    void an_instance_that_does_not_answer_is_named() throws Exception {
        try (ServedApi here = new ServedApi()) {
            here.others.add("127.0.0.1:1");

            JsonNode page = here.get("/api/v1/endpoints").json();

            assertThat(page.path("unreachable").path(0).asText()).isEqualTo("127.0.0.1:1");
        }
    }

    @Test
    void the_interval_is_that_of_wilson() {
        // given a textbook case: 10 of 100, 95 % Wilson interval 0.0552 to 0.1744

        Window window = new Window(100, 10, 1);

        assertThat(window.liftLow()).isCloseTo(5.52, within(0.01));
        assertThat(window.liftHigh()).isCloseTo(17.44, within(0.01));
    }

    @Property(seed = "20261122")
    void the_interval_holds_the_lift(
            @ForAll @IntRange(min = 1, max = 100_000) int answers,
            @ForAll @DoubleRange(min = 0, max = 1) double flagged,
            @ForAll @DoubleRange(min = 0.01, max = 1) double expected) {
        Window window = new Window(answers, answers * flagged, answers * expected);

        double lift = Objects.requireNonNull(window.lift());
        assertThat(window.liftLow()).isBetween(0.0, lift + 1e-9);
        assertThat(window.liftHigh()).isBetween(lift - 1e-9, 1 / expected + 1e-9);
    }
}
