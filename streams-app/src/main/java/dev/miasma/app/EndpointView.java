// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.detect.EndpointsStore;
import dev.miasma.detect.VersionScores;
import dev.miasma.measure.LeakWindow;
import dev.miasma.measure.LiveReadings;
import dev.miasma.measure.MicrometerMeasures;
import dev.miasma.score.AttackModels;
import dev.miasma.score.ModelCard;
import dev.miasma.score.ModelFacts;
import dev.miasma.serve.EndpointItem;
import dev.miasma.serve.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Endpoints and versions, by what this instance counted and by the states of those it watches as a whole. */
final class EndpointView implements Supplier<List<EndpointItem>> {
    private final MicrometerMeasures measures;
    private final LocalStates states;
    private final EndpointsStore store;
    private final AttackModels models;

    EndpointView(MicrometerMeasures measures, LocalStates states, AttackModels models) {
        this.measures = measures;
        this.states = states;
        this.models = models;
        store = new EndpointsStore(models);
    }

    @Override
    public List<EndpointItem> get() {
        Map<List<String>, VersionScores> scores = new HashMap<>();
        states.ask(store::versions, List.<VersionScores>of())
                .forEach(version -> scores.put(List.of(version.endpoint(), version.version()), version));
        List<EndpointItem> items = new ArrayList<>();
        for (LiveReadings.OfEndpoint counted : measures.readings().endpoints()) {
            @Nullable VersionScores known = scores.remove(List.of(counted.endpoint(), counted.version()));
            items.add(item(counted, known));
        }
        // Another instance counts these.
        for (VersionScores known : scores.values()) {
            items.add(EndpointItem.of(
                    known.endpoint(), known.version(), 0, new Window(0, 0, 0), shown(known), List.of()));
        }
        return items;
    }

    private EndpointItem item(LiveReadings.OfEndpoint counted, @Nullable VersionScores known) {
        List<EndpointItem.WhatIf> defences = counted.whatIf().entrySet().stream()
                .map(entry -> EndpointItem.WhatIf.of(entry.getKey(), window(entry.getValue())))
                .toList();
        return EndpointItem.of(
                counted.endpoint(),
                counted.version(),
                counted.scored(),
                window(counted.leak()),
                known == null ? EndpointItem.Scores.none() : shown(known),
                defences);
    }

    static Window window(LeakWindow window) {
        return new Window(window.answers(), window.flagged(), window.expected());
    }

    private EndpointItem.Scores shown(VersionScores known) {
        if (known.modelId().isEmpty()) {
            return EndpointItem.Scores.none();
        }
        ModelFacts facts = facts(known.modelId());
        var drift = known.drift();
        return new EndpointItem.Scores(
                new EndpointItem.Model(known.modelId(), facts == null ? null : facts.kind()),
                Shown.share(known.memberShare()),
                drift == null
                        ? null
                        : new EndpointItem.NullDrift(
                                drift.verdict().code(),
                                Double.isFinite(drift.largestRatio()) ? drift.largestRatio() : null),
                facts == null ? null : histogram(facts.calibration(), known.bins()));
    }

    private @Nullable ModelFacts facts(String modelId) {
        for (ModelCard card : models.cards()) {
            ModelFacts facts = card.facts();
            if (facts != null && facts.id().equals(modelId)) {
                return facts;
            }
        }
        return null;
    }

    private static EndpointItem.@Nullable Histogram histogram(ModelFacts.Bins calibration, long[] counts) {
        int bins = calibration.nonMemberShares().length;
        if (counts.length > bins) {
            return null;
        }
        double @Nullable [] members = calibration.memberShares();
        return new EndpointItem.Histogram(
                list(calibration.edges()),
                Arrays.stream(Arrays.copyOf(counts, bins)).boxed().toList(),
                members == null ? null : list(members),
                list(calibration.nonMemberShares()));
    }

    private static List<Double> list(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
