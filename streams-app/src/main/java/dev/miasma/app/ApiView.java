// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.EvidencePaths;
import dev.miasma.detect.Level;
import dev.miasma.detect.SubjectsStore;
import dev.miasma.measure.LiveReadings;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.serve.AlertLog;
import dev.miasma.serve.LiveCounts;
import dev.miasma.serve.MonitorApi;
import dev.miasma.serve.MonitorStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * What the HTTP API shows of a running monitor, put together from its parts.
 *
 * @param config of the monitor
 * @param topology that it runs
 * @param streams that run it
 * @param models in force
 * @param paths of evidence
 * @param measures told by the stages
 * @param lag of the input
 * @param alerts of all instances
 * @param self host:port that other instances reach this one at
 * @param clock for what is shown alone
 */
record ApiView(
        MiasmaConfig config,
        Topology topology,
        KafkaStreams streams,
        AttackModels models,
        EvidencePaths paths,
        MicrometerMeasures measures,
        InputLag lag,
        AlertLog alerts,
        String self,
        InstantSource clock) {

    MonitorApi api() {
        var states = new LocalStates(streams::state, streams::store);
        var fleet = new Instances(streams, states, self, config.input().keyedByClient());
        List<SubjectsStore> levels = List.of(
                new SubjectsStore(Level.CLIENT, config.detect(), models, paths),
                new SubjectsStore(Level.COHORT, config.detectCohorts(), models, paths));
        String name = config.string(ConfigKey.INSTANCE_ID);
        Instant startedAt = clock.instant();
        return new MonitorApi(
                fleet,
                () -> status(fleet, startedAt),
                new LocalWatchlist(states, levels, self),
                new EndpointView(measures, states, models),
                alerts,
                () -> ModelView.of(models.cards()),
                new TopologyView(topology, streams, name.isEmpty() ? self : name, self),
                this::counts,
                clock);
    }

    private MonitorStatus status(Instances fleet, Instant startedAt) {
        return new MonitorStatus(
                self,
                BuildInfo.version(),
                streams.state().name(),
                startedAt.toString(),
                config.string(ConfigKey.APPLICATION_ID),
                config.input().topics(),
                config.outputs().alertsTopic(),
                new MonitorStatus.Thresholds(
                        Math.log10(config.detect().threshold()),
                        Math.log10(config.detectCohorts().threshold()),
                        Math.log10(config.detectEndpoints().threshold())),
                config.budgetPerMillion(),
                config.flagRate(),
                Stream.concat(Stream.of(self), fleet.others().stream()).sorted().toList());
    }

    private LiveCounts counts() {
        LiveReadings readings = measures.readings();
        return new LiveCounts(
                readings.received(),
                readings.rejected(),
                (long) lag.waiting(),
                streams.state().name(),
                readings.clientBands(),
                readings.cohortBands(),
                readings.endpoints().stream()
                        .map(one -> new LiveCounts.OfEndpoint(
                                one.endpoint(), one.version(), one.scored(), EndpointView.window(one.leak())))
                        .toList());
    }
}
