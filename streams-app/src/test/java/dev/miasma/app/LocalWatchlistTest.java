// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.EvidencePaths;
import dev.miasma.detect.Exemptions;
import dev.miasma.detect.Level;
import dev.miasma.detect.SubjectsStore;
import dev.miasma.fixtures.AttackFiles;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.NoMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.TrainingFilters;
import dev.miasma.serve.ClientEntry;
import dev.miasma.serve.ClientItem;
import dev.miasma.serve.Watchlist;
import dev.miasma.topology.Knowledge;
import dev.miasma.topology.MonitorTopology;
import dev.miasma.topology.Onlookers;
import dev.miasma.topology.StreamsSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states of a whole topology, as the API shows them. */
class LocalWatchlistTest {
    private static final long NOW = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();
    private static final String SELF = "here:1";

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private TopologyTestDriver driver;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private List<SubjectsStore> levels;

    private int events;

    @BeforeEach
    void start() {
        MiasmaConfig config =
                MiasmaConfig.of(Map.of("identity.key", "0123456789abcdef", "identity.pseudonyms", "false"));
        AttackFiles.write(folder, "fraud", 1000);
        var measures = new NoMeasures();
        AttackModels models = AttackModels.load(folder, false, 0.01, measures);
        var knowledge =
                new Knowledge(models, TrainingFilters.none(), new Exemptions(config.sensors(), models, measures));
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, measures));
        properties.put("state.dir", folder.resolve("state").toString());
        EvidencePaths paths = new EvidencePaths();
        var clock = InstantSource.fixed(Instant.ofEpochMilli(NOW));
        Onlookers onlookers = new Onlookers(paths, new LogLimit(clock));
        driver = new TopologyTestDriver(
                MonitorTopology.build(config, knowledge, measures, clock, onlookers), properties);
        levels = List.of(
                new SubjectsStore(Level.CLIENT, config.detect(), models, paths),
                new SubjectsStore(Level.COHORT, config.detectCohorts(), models, paths));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private LocalWatchlist watchlist(int mostRanked) {
        SubjectsStore.Stores stores = new SubjectsStore.Stores() {
            @Override
            @SuppressWarnings("unchecked") // The store of that name is of that type.
            public <T> T get(StoreQueryParameters<T> parameters) {
                return (T) Objects.requireNonNull(driver.getAllStateStores().get(parameters.storeName()));
            }
        };
        return new LocalWatchlist(new LocalStates(() -> KafkaStreams.State.RUNNING, stores), levels, SELF, mostRanked);
    }

    /** So many new records, asked about by one client. */
    private void ask(String client, @Nullable String cohort, int queries, double top) {
        var input = driver.createInputTopic("predictions", new StringSerializer(), new StringSerializer());
        for (int i = 0; i < queries; i++) {
            events++;
            input.pipeInput(
                    "key",
                    "{\"id\":\"q-%d\",\"time\":%d,\"endpoint\":\"fraud\",\"client\":\"%s\",\"cohort\":%s,\"fingerprint\":\"%d\",\"posterior\":[%s,%s]}"
                            .formatted(
                                    events,
                                    NOW - 100_000 + events,
                                    client,
                                    cohort == null ? "null" : '"' + cohort + '"',
                                    events,
                                    top,
                                    1 - top));
        }
    }

    private static Watchlist.Filter all(int limit) {
        return new Watchlist.Filter(limit, null, null, null, null);
    }

    @Test
    void the_riskiest_come_first_and_carry_what_is_known_of_them() {
        ask("calm", null, 3, 0.6);
        ask("prober", null, 60, 0.99);
        ask("mate", "team", 2, 0.6);

        Watchlist.Found found = watchlist(100).list(all(10));

        assertThat(found.items())
                .extracting(ClientItem::id)
                .startsWith("prober")
                .containsExactlyInAnyOrder("prober", "team", "mate", "calm");
        assertThat(found.total()).isEqualTo(4);
        assertThat(found.more()).isFalse();
        ClientItem prober = found.items().getFirst();
        assertThat(prober.level()).isEqualTo("client");
        assertThat(prober.band()).isNotEqualTo("low");
        assertThat(prober.instance()).isEqualTo(SELF);
        assertThat(prober.threshold()).isBetween(6.0, 6.2);
    }

    @Test
    void beyond_the_bound_the_least_risky_are_left_out_and_the_total_is_of_all() {
        for (int i = 0; i < 30; i++) {
            ask("client-" + i, null, 1, 0.6);
        }
        ask("prober", null, 60, 0.99);
        LocalWatchlist watchlist = watchlist(10);

        Watchlist.Found found = watchlist.list(all(50));

        assertThat(found.items()).hasSize(10);
        assertThat(found.items().getFirst().id()).isEqualTo("prober");
        assertThat(found.total()).isEqualTo(31);
        assertThat(watchlist
                        .list(new Watchlist.Filter(50, null, "low", null, null))
                        .total())
                .isNull();
    }

    @Test
    void a_prefix_is_looked_for_among_all_of_them() {
        for (int i = 0; i < 30; i++) {
            ask("client-" + i, null, 1, 0.6);
        }

        Watchlist.Found found = watchlist(15).list(new Watchlist.Filter(50, null, null, null, "client-2"));

        assertThat(found.items()).hasSize(11).allMatch(item -> item.id().startsWith("client-2"));
        assertThat(found.total()).isEqualTo(11);
    }

    @Test
    void one_client_has_its_sensors_its_share_of_members_and_its_path() {
        ask("prober", null, 60, 0.99);
        ask("prober-of-another-name", null, 1, 0.6);

        List<ClientEntry> entries = watchlist(10).find("client", "prober");

        assertThat(entries).hasSize(1);
        ClientEntry entry = entries.getFirst();
        assertThat(entry.sensors())
                .extracting(ClientEntry.Reading::sensor)
                .containsExactly("member-likeness", "training-hit", "neighbourhood", "climb", "repeat");
        assertThat(entry.sensors().getFirst().seen()).isEqualTo(entry.queries());
        assertThat(Objects.requireNonNull(entry.path()).points()).isNotEmpty();
        assertThat(watchlist(10).find("cohort", "prober")).isEmpty();
        assertThat(watchlist(10).find("client", "nobody")).isEmpty();
    }
}
