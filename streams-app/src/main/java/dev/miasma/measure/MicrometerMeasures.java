// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The measures as Micrometer meters on a Prometheus registry.
 *
 * <p>Every label has few values: reasons, sensors, severities and bands are fixed lists, and after a number of pairs of
 * endpoint and version all further ones share {@value #OTHER}. No label holds a client.
 */
public final class MicrometerMeasures implements Measures {
    /** Label value of the endpoints and versions beyond the limit. */
    public static final String OTHER = "other";

    private final PrometheusMeterRegistry registry;
    private final ScoreHistogram scores = new ScoreHistogram();
    private final int maxEndpoints;
    private final Counter received;
    private final Counter firstSights;
    private final Counter repeats;
    private final Counter cardinalityCapped;
    private final Map<EndpointVersion, EndpointMeters> endpoints = new ConcurrentHashMap<>();
    private final EndpointLevelMeters endpointLevel;
    private final WatchMeters watch;
    private final ModelMeters models;
    private final Map<String, AtomicLong> whatIfModels = new ConcurrentHashMap<>();

    /**
     * Makes a registry of its own.
     *
     * @param maxEndpoints pairs of endpoint and version with series of their own
     * @param rejectReasons codes of all reject reasons, so that each starts as a zero
     * @param unscorableReasons likewise
     * @param bands names of all risk bands
     */
    public MicrometerMeasures(
            int maxEndpoints, List<String> rejectReasons, List<String> unscorableReasons, List<String> bands) {
        this.maxEndpoints = maxEndpoints;
        var prometheus = new PrometheusRegistry();
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, prometheus, Clock.SYSTEM);
        prometheus.register(scores);
        registry.config().meterFilter(new StreamsMeterFilter());
        endpointLevel = new EndpointLevelMeters(registry, maxEndpoints);
        received = counter("miasma.received", "Events read from the input topics.");
        firstSights = detectedCounter("true");
        repeats = detectedCounter("false");
        cardinalityCapped =
                counter("miasma.cardinality.capped", "Answers whose endpoint and version share the series 'other'.");
        rejectReasons.forEach(this::rejectedCounter);
        unscorableReasons.forEach(this::unscorableCounter);
        watch = new WatchMeters(registry, bands);
        models = new ModelMeters(registry);
    }

    /** The registry, for meters that are not the stages' and for scraping. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** What they stand at. */
    public LiveReadings readings() {
        double rejected = registry.find("miasma.rejected").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
        List<LiveReadings.OfEndpoint> ofEndpoints = endpoints.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(EndpointVersion::endpoint).thenComparing(EndpointVersion::version)))
                .map(entry -> entry.getValue()
                        .reading(entry.getKey().endpoint(), entry.getKey().version()))
                .toList();
        return new LiveReadings(
                (long) received.count(), (long) rejected, watch.bands("client"), watch.bands("cohort"), ofEndpoints);
    }

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public void rejected(String reason) {
        rejectedCounter(reason).increment();
    }

    @Override
    public void unscorable(String reason) {
        unscorableCounter(reason).increment();
    }

    @Override
    public void scored(ScoredAnswer answer) {
        metersOf(answer.endpoint(), answer.version(), true).add(answer);
    }

    @Override
    public void whatIf(WhatIfAnswer answer) {
        // The answer itself has been counted already, as capped too.
        metersOf(answer.endpoint(), answer.version(), false).add(answer);
    }

    @Override
    public void whatIfNoModel(String defence) {
        whatIfNoModelCounter(defence).increment();
    }

    @Override
    public void whatIfModels(String defence, int count) {
        whatIfNoModelCounter(defence);
        whatIfModels
                .computeIfAbsent(defence, name -> {
                    AtomicLong models = new AtomicLong();
                    Gauge.builder("miasma.whatif.models", models, AtomicLong::doubleValue)
                            .description("Attack models calibrated for a defence that is tried; 0: no figures for it.")
                            .tag("defence", name)
                            .register(registry);
                    return models;
                })
                .set(count);
    }

    @Override
    public void sanitisingExpected(String result) {
        sanitisedCounter(result);
    }

    @Override
    public void sanitised(String result) {
        sanitisedCounter(result).increment();
    }

    @Override
    public void detected(boolean firstSight) {
        (firstSight ? firstSights : repeats).increment();
    }

    @Override
    public void alarmsExpected(String level, String sensor, String severity) {
        watch.alarmsExpected(level, sensor, severity);
    }

    @Override
    public void alarmed(String level, String sensor, String severity, String outcome) {
        watch.alarmed(level, sensor, severity, outcome);
    }

    @Override
    public void bandChanged(String level, String from, String to) {
        watch.bandChanged(level, from, to);
    }

    @Override
    public void dropped(String level, String reason) {
        watch.dropped(level, reason);
    }

    @Override
    public void exemptions(int count) {
        watch.exemptions(count);
    }

    @Override
    public void exemptionBroken() {
        watch.exemptionBroken();
    }

    @Override
    public void failed(String stage) {
        failuresCounter(stage).increment();
    }

    @Override
    public void failuresExpected(String stage) {
        failuresCounter(stage);
    }

    @Override
    public void modelLoaded(boolean ok) {
        models.loaded(ok);
    }

    @Override
    public void trainingFilterLoaded(boolean ok) {
        models.filterLoaded(ok);
    }

    @Override
    public void modelInForce(ModelInForce model) {
        models.inForce(model);
    }

    @Override
    public void modelOutOfForce(String name) {
        models.outOfForce(name);
    }

    @Override
    public void leakBlock(String result) {
        endpointLevel.block(result);
    }

    @Override
    public void versionLeak(VersionLeak leak) {
        endpointLevel.set(leak);
    }

    @Override
    public void versionLeakGone(String endpoint, String version) {
        endpointLevel.remove(endpoint, version);
    }

    private EndpointMeters metersOf(String endpoint, String version, boolean countCapped) {
        EndpointVersion key = new EndpointVersion(endpoint, version);
        EndpointMeters meters = endpoints.get(key);
        if (meters != null) {
            return meters;
        }
        if (endpoints.size() >= maxEndpoints) {
            cardinalityCapped.increment(countCapped ? 1 : 0);
            key = new EndpointVersion(OTHER, OTHER);
        }
        return endpoints.computeIfAbsent(
                key,
                k -> new EndpointMeters(registry, scores.series(k.endpoint(), k.version()), k.endpoint(), k.version()));
    }

    private Counter rejectedCounter(String reason) {
        return Counter.builder("miasma.rejected")
                .description("Events sent to the dead letters, by reason.")
                .tag("reason", reason)
                .register(registry);
    }

    private Counter unscorableCounter(String reason) {
        return Counter.builder("miasma.unscorable")
                .description("Events with nothing an attack model could score, by reason.")
                .tag("reason", reason)
                .register(registry);
    }

    private Counter whatIfNoModelCounter(String defence) {
        return Counter.builder("miasma.whatif.no.model")
                .description("Sampled answers not scored under a defence for want of an attack model for it.")
                .tag("defence", defence)
                .register(registry);
    }

    private Counter sanitisedCounter(String result) {
        return Counter.builder("miasma.sanitised")
                .description("Valid predictions for the sanitised topic, by what became of them.")
                .tag("result", result)
                .register(registry);
    }

    private Counter detectedCounter(String firstSight) {
        return Counter.builder("miasma.detected")
                .description("Scored queries seen by the detect stage; only first sights add evidence.")
                .tag("first.sight", firstSight)
                .register(registry);
    }

    private Counter failuresCounter(String stage) {
        return Counter.builder("miasma.stage.failures")
                .description("Records a stage failed on and that were put aside.")
                .tag("stage", stage)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private record EndpointVersion(String endpoint, String version) {}
}
