// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.embedded.EmbeddedKafka;
import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.simulate.Traffic;
import dev.miasma.simulate.TrafficPlan;
import dev.miasma.simulate.TrafficPublisher;
import dev.miasma.train.DemoTarget;
import dev.miasma.train.DemoTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** One run of the demo: starts everything, lets the clients ask, waits for the monitor to be done, adds up. */
final class Demo {
    private static final String PREDICTIONS = "predictions";
    private static final int PARTITIONS = 4;
    private static final String ENDPOINT = "demo-classifier";
    private static final double PROBER_TRAFFIC = 0.05;
    private static final String WHATIF_SAMPLE = "0.25";
    private static final int SCHEDULE_PER_SECOND = 10_000;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STUCK_TIMEOUT = Duration.ofSeconds(60);
    private static final long TICK_MILLIS = 100;

    /** Date of the models: fixed, so that a seed gives the same models on any day. */
    private static final LocalDate DATE = LocalDate.of(2026, 1, 1);

    private final DemoSettings settings;
    private final DemoView view;
    private final InMemoryMeasures measures = new InMemoryMeasures();
    private List<String> defences = List.of();

    private Demo(DemoSettings settings, DemoView view) {
        this.settings = settings;
        this.view = view;
    }

    /**
     * Runs the demo.
     *
     * @throws IOException if the data set cannot be read or a file not written
     * @throws StartupException if something does not start
     */
    static DemoResult run(DemoSettings settings, DemoView view) throws IOException, InterruptedException {
        try (DemoResources resources = new DemoResources()) {
            try {
                return new Demo(settings, view).run(resources);
            } catch (RuntimeException e) {
                // On Ctrl-C everything is closed under this thread's feet: what it then meets is no news.
                resources.awaitEndIfStopping();
                throw e;
            }
        }
    }

    private DemoResult run(DemoResources resources) throws IOException, InterruptedException {
        if (!EmbeddedKafka.isThere()) {
            throw new StartupException(
                    "the demo's broker is not in this build of Miasma, as it is in no container image:"
                            + " run ./miasma demo in a checkout, or the drill of docker-compose.yml");
        }
        Path locationDir = settings.locationDir();
        DemoTraining training = locationDir == null
                ? DemoTraining.purchaseLike(settings.seed())
                : DemoTraining.location(locationDir, settings.seed());
        Path folder = resources.folder();
        Path models = Files.createDirectories(folder.resolve("models"));
        view.say("starting a Kafka broker in this JVM and training a target model and an attack model for it ...");
        CompletableFuture<EmbeddedKafka> starting = CompletableFuture.supplyAsync(
                () -> resources.add(EmbeddedKafka.start(folder.resolve("kafka"), Map.of())));
        DemoTarget target = train(training, models);
        EmbeddedKafka kafka;
        try {
            kafka = starting.join();
        } catch (CompletionException e) {
            throw new StartupException("no broker could be started in this JVM: " + e.getCause());
        }
        kafka.createTopic(PREDICTIONS, PARTITIONS);
        MiasmaConfig config = config(kafka, folder, models);
        Monitor monitor = resources.add(Monitor.start(config, measures));
        if (!monitor.awaitRunning(START_TIMEOUT)) {
            throw new StartupException("the monitor did not start within " + START_TIMEOUT.toSeconds() + " s");
        }
        AlertReader alerts = resources.add(
                new AlertReader(kafka.bootstrapServers(), config.outputs().alertsTopic(), view::alert));
        view.say("console at " + monitor.url() + ", metrics at " + monitor.metricsUrl()
                + " while it runs; Ctrl-C stops it");
        TrafficPublisher publisher =
                resources.add(new TrafficPublisher(kafka.bootstrapServers(), PREDICTIONS, ENDPOINT, "1"));
        return watch(target, publisher, alerts, monitor);
    }

    private DemoTarget train(DemoTraining training, Path models) throws IOException {
        DemoTarget target = training.train(DATE, models.resolve(ENDPOINT + ".json"), settings.defences());
        view.say(String.format(
                Locale.ROOT,
                "target: logistic regression on %s, accuracy %.2f on its training set, %.2f outside; attack AUC %.2f",
                target.dataset(),
                target.trainAccuracy(),
                target.testAccuracy(),
                target.attackAuc()));
        target.notes().forEach(view::say);
        defences = target.defended().stream().map(DemoTarget.Defended::defence).toList();
        return target;
    }

    private MiasmaConfig config(EmbeddedKafka kafka, Path folder, Path models) {
        Map<String, String> values = new HashMap<>(Map.of(
                ConfigKey.BOOTSTRAP_SERVERS, kafka.bootstrapServers(),
                ConfigKey.INPUT_TOPICS, PREDICTIONS,
                ConfigKey.STATE_DIR, folder.resolve("state").toString(),
                ConfigKey.MODELS_DIR, models.toString(),
                ConfigKey.HTTP_PORT, Integer.toString(settings.httpPort()),
                ConfigKey.DETECT_BUDGET, Double.toString(settings.budget()),
                // The names of simulated clients are no secret, and the table at the end wants them.
                ConfigKey.IDENTITY_PSEUDONYMS, "false",
                ConfigKey.TOPICS_REPLICATION, "1"));
        // The one endpoint has a model of its own: a warning about others would be about nothing.
        values.put(ConfigKey.MODELS_UNIVERSAL, "false");
        values.put(ConfigKey.WHATIF_DEFENCES, String.join(",", defences));
        // The demo is short, and a figure wants some thousand answers.
        values.put(ConfigKey.WHATIF_SAMPLE, WHATIF_SAMPLE);
        return MiasmaConfig.of(values);
    }

    private DemoResult watch(DemoTarget target, TrafficPublisher publisher, AlertReader alerts, Monitor monitor)
            throws InterruptedException {
        Traffic traffic = new Traffic(plan(), target.members(), target.nonMembers(), target.answer());
        long queries = settings.queries() > 0
                ? settings.queries()
                : settings.rate() > 0 ? (long) settings.seconds() * settings.rate() : Long.MAX_VALUE;
        long nanos = settings.seconds() > 0 ? TimeUnit.SECONDS.toNanos(settings.seconds()) : Long.MAX_VALUE;
        FutureTask<Long> publishing =
                new FutureTask<>(() -> publisher.publish(traffic, queries, settings.rate(), nanos));
        long start = System.nanoTime();
        Thread clients = Thread.ofPlatform().daemon().name("miasma-clients").start(publishing);
        try {
            while (!publishing.isDone()) {
                pause(monitor, start);
            }
            long sent = publishing.get();
            awaitAll(sent, alerts, monitor, start);
            double seconds = (System.nanoTime() - start) / 1e9;
            return DemoSummary.of(settings, target, traffic, sent, measures, alerts.alerts(), seconds);
        } catch (ExecutionException e) {
            throw new StartupException("the simulated clients failed: " + e.getCause());
        } finally {
            clients.interrupt();
        }
    }

    /** Waits until every query went through every stage and the last alert can be read. */
    private void awaitAll(long sent, AlertReader alerts, Monitor monitor, long start) throws InterruptedException {
        long lastChange = System.nanoTime();
        long before = -1;
        while (measures.receivedCount() < sent
                || measures.detectedCount() < measures.scoredCount()
                || alerts.alerts().size() < measures.alertsSentCount("client")) {
            pause(monitor, start);
            long now = measures.receivedCount()
                    + measures.detectedCount()
                    + alerts.alerts().size();
            if (now != before) {
                before = now;
                lastChange = System.nanoTime();
            } else if (System.nanoTime() - lastChange > STUCK_TIMEOUT.toNanos()) {
                throw new StartupException("the monitor stopped making progress: " + measures.receivedCount() + " of "
                        + sent + " events read");
            }
        }
    }

    private void pause(Monitor monitor, long start) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        view.tick(measures, defences, System.nanoTime() - start);
        if (!monitor.isRunning() && measures.failedCount() > 0) {
            throw new StartupException("the monitor stopped; its log says why");
        }
    }

    private TrafficPlan plan() {
        return new TrafficPlan(
                settings.seed(),
                settings.clients(),
                settings.probers(),
                settings.memberShare(),
                settings.probers() == 0 ? 0 : PROBER_TRAFFIC,
                // What is found depends on the time between queries alone, and the console says how long ago it was.
                InstantSource.system().millis(),
                SCHEDULE_PER_SECOND);
    }
}
