// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.simulate.Population;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPlan;
import dev.miasma.simulate.TrafficPublisher;
import dev.miasma.train.DemoTarget;
import dev.miasma.train.DemoTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A target model and an attack model for it, on made-up data, trained once for all tests of this JVM. */
final class TrainedTarget {
    static final String ENDPOINT = "shop";
    static final String VERSION = "1";
    private static final long SEED = 1;
    private static final long START_MILLIS =
            Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int EVENTS_PER_SECOND = 10_000;

    private static @Nullable TrainedTarget trained;

    private final DemoTarget target;
    private final String model;

    private TrainedTarget(DemoTarget target, String model) {
        this.target = target;
        this.model = model;
    }

    static synchronized TrainedTarget get() {
        if (trained == null) {
            try {
                Path file = Files.createTempFile("attack", ".json");
                DemoTarget target = DemoTraining.purchaseLike(SEED).train(LocalDate.of(2025, 1, 1), file);
                trained = new TrainedTarget(target, Files.readString(file));
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return trained;
    }

    /** The JSON of the attack model. */
    String model() {
        return model;
    }

    /** A new folder below another with the attack model as the one of {@link #ENDPOINT}. */
    Path modelsBelow(Path folder) throws IOException {
        Path models = Files.createTempDirectory(folder, "models");
        Files.writeString(models.resolve(ENDPOINT + ".json"), model);
        return models;
    }

    double[] answer(double[] features) {
        return target.answer().apply(features);
    }

    /** The records that simulated clients ask about. */
    Population population() {
        return Population.of(target.members(), target.nonMembers());
    }

    /** Queries of benign clients and of probers half of whose queries are about members. */
    Traffic traffic(long seed, int benignClients, int probers, double proberTraffic) {
        TrafficPlan plan =
                new TrafficPlan(seed, benignClients, probers, 0.5, proberTraffic, START_MILLIS, EVENTS_PER_SECOND);
        return new Traffic(plan, target.members(), target.nonMembers(), target.answer());
    }

    TrafficPublisher publisher(String bootstrapServers, String topic) {
        return new TrafficPublisher(bootstrapServers, topic, ENDPOINT, VERSION);
    }
}
