// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.InputSettings;
import dev.miasma.decode.Arrival;
import dev.miasma.decode.Decoded;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import dev.miasma.fixtures.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventWriterTest {
    private static final long NOW = 1_767_225_600_000L;

    private static SimulatedQuery query(@Nullable String cohort, double[] features, boolean labelOnly) {
        return new SimulatedQuery(
                "q-1",
                "prober-001",
                cohort,
                "score",
                true,
                features,
                new double[] {1.0 / 3, 2.0 / 3},
                labelOnly,
                1234,
                true,
                1,
                Outcome.DONE);
    }

    private static String written(boolean withFeatures, SimulatedQuery query) {
        return new String(new EventWriter("fraud", "7", withFeatures).write(query), StandardCharsets.UTF_8);
    }

    @Test
    void writes_the_posterior_in_single_precision() {
        assertThat(written(false, query(null, new double[] {1}, false)))
                .isEqualTo("{\"id\":\"q-1\",\"time\":1234,\"endpoint\":\"fraud\",\"version\":\"7\","
                        + "\"client\":\"prober-001\",\"posterior\":[0.33333334,0.6666667]}");
    }

    @Test
    void writes_features_cohort_and_a_bare_label_where_there_are_any() {
        assertThat(written(true, query("acme", new double[] {1, 0, 0.25, 1.0 / 3}, true)))
                .isEqualTo("{\"id\":\"q-1\",\"time\":1234,\"endpoint\":\"fraud\",\"version\":\"7\","
                        + "\"client\":\"prober-001\",\"cohort\":\"acme\",\"label\":\"1\","
                        + "\"features\":[1,0,0.25,0.33333334]}");
    }

    static Stream<String> the_decoder_reads_what_every_kind_writes() {
        return ClientKinds.list().stream().map(ClientKind::name);
    }

    @ParameterizedTest
    @MethodSource
    void the_decoder_reads_what_every_kind_writes(String kind) {
        ScenarioPlan plan = new ScenarioPlan(List.of(ClientGroup.of(kind)), 5, 100, 1, NOW, "drill-");
        Scenario scenario = new Scenario(plan, Populations.numbers(), Populations.linear(0.3));
        EventWriter writer = new EventWriter("fraud", "7", true);
        EventDecoder decoder = new EventDecoder(
                new InputSettings(List.of("predictions"), false, "miasma-client", 1 << 20, 86_400_000, 1e-3, 10),
                new IdentitySettings("0123456789abcdef".getBytes(StandardCharsets.UTF_8), false),
                InstantSource.fixed(Instant.ofEpochMilli(NOW)));

        for (int i = 0; i < 50; i++) {
            SimulatedQuery query = scenario.next().orElseThrow();
            byte[] event = writer.write(query);
            Decoded decoded = decoder.decode(event, new Arrival("predictions-0-1", NOW, null, null));

            assertThat(decoded).isInstanceOf(Prediction.class);
            Prediction prediction = (Prediction) decoded;
            assertThat(prediction.client()).isEqualTo(query.client());
            assertThat(prediction.cohort()).isEqualTo(query.cohort());
            assertThat(prediction.classes()).isEqualTo(query.labelOnly() ? 0 : 3);
            assertThat(prediction.timeMillis()).isEqualTo(query.timeMillis());
            if (!query.labelOnly()) {
                assertThat(Arrays.copyOf(prediction.posterior(), 3)).containsExactly(query.posterior(), within());
            }
            assertThat(Schemas.errors("prediction-event", new String(event, StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-6);
    }
}
