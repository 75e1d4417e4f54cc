// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ModelNames;
import dev.miasma.simulate.Population;
import dev.miasma.simulate.Scenario;
import dev.miasma.simulate.SimulatedQuery;
import dev.miasma.train.DemoTarget;
import dev.miasma.train.DemoTraining;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One run of simulated clients: trains their target, lets them ask, sends the answers off. */
final class Simulation {
    /** Longest pause, so that progress is shown and Ctrl-C heeded meanwhile. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SimulationSettings settings;
    private final SimulationView view;
    private final StopSignal stop;

    private Simulation(SimulationSettings settings, SimulationView view, StopSignal stop) {
        this.settings = settings;
        this.view = view;
        this.stop = stop;
    }

    /**
     * Runs to the end, or until told to stop.
     *
     * @throws IOException if the data set cannot be read or a file not written
     * @throws StartupException if Kafka does not answer or does not take an event
     */
    static SimulationResult run(SimulationSettings settings, SimulationView view, StopSignal stop) throws IOException {
        return new Simulation(settings, view, stop).run();
    }

    private SimulationResult run() throws IOException {
        // What can fail at once fails before the training.
        Path truthFile = settings.truth();
        try (SimulationOutput output = SimulationOutput.open(settings);
                Writer truth = truthFile == null
                        ? Writer.nullWriter()
                        : Files.newBufferedWriter(truthFile, StandardCharsets.UTF_8)) {
            view.say("training the target model and an attack model for it ...");
            DemoTarget target = train();
            view.say(String.format(
                    Locale.ROOT,
                    "target: logistic regression on %s, accuracy %.2f on its training set, %.2f outside; attack AUC %.2f",
                    target.dataset(),
                    target.trainAccuracy(),
                    target.testAccuracy(),
                    target.attackAuc()));
            Scenario scenario = new Scenario(
                    settings.plan(), Population.of(target.members(), target.nonMembers()), target.answer());
            ask(scenario, output);
            SimulationTruth.write(scenario.truth(), settings, truth);
            return SimulationResult.of(settings, target, scenario);
        }
    }

    private DemoTarget train() throws IOException {
        Path locationDir = settings.locationDir();
        DemoTraining training = locationDir == null
                ? DemoTraining.purchaseLike(settings.targetSeed())
                : DemoTraining.location(locationDir, settings.targetSeed());
        LocalDate date =
                LocalDate.ofInstant(Instant.ofEpochMilli(settings.plan().startMillis()), ZoneOffset.UTC);
        @Nullable Path folder = settings.saveModel();
        if (folder == null) {
            Path unwanted = Files.createTempFile("miasma-attack-", ModelNames.SUFFIX);
            try {
                return training.train(date, unwanted);
            } finally {
                Files.deleteIfExists(unwanted);
            }
        }
        Path file = Files.createDirectories(folder).resolve(ModelNames.of(settings.endpoint()) + ModelNames.SUFFIX);
        DemoTarget target = training.train(date, file);
        view.say("attack model: " + file);
        return target;
    }

    private void ask(Scenario scenario, SimulationOutput output) throws IOException {
        long begin = System.nanoTime();
        while (scenario.queries() < settings.queries() && !stop.isStopped()) {
            Optional<SimulatedQuery> query = scenario.next(settings.endMillis());
            if (query.isEmpty()) {
                break;
            }
            awaitTurn(query.get(), begin, scenario);
            output.send(query.get());
            view.tick(scenario, System.nanoTime() - begin);
        }
        output.flush();
    }

    private void awaitTurn(SimulatedQuery query, long begin, Scenario scenario) {
        if (settings.fast()) {
            return;
        }
        long due = begin
                + TimeUnit.MILLISECONDS.toNanos(
                        query.timeMillis() - settings.plan().startMillis());
        for (long left = due - System.nanoTime(); left > 0 && !stop.isStopped(); left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PAUSE_NANOS));
            view.tick(scenario, System.nanoTime() - begin);
        }
    }
}
