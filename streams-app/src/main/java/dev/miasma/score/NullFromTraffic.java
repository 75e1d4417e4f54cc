// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.ModelFile;
import dev.miasma.attack.ModelFileException;
import dev.miasma.attack.Provenance;
import dev.miasma.attack.TrafficCalibration;
import dev.miasma.attack.TrafficNull;
import dev.miasma.config.SensorSettings;
import dev.miasma.decode.Prediction;
import dev.miasma.posterior.PosteriorView;
import dev.miasma.report.ClientRatesPlot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Learns the benign null of an attack model from predictions that are held to be benign: scores them, counts the first
 * sights of each client at each endpoint by bin, and makes a model of it whose bounds all but a share of clients obey
 * ({@link TrafficCalibration}). Beside that, the nulls of the sensors that only flag ({@link SensorNull}), of answers with
 * a label alone as well. Not thread-safe.
 */
public final class NullFromTraffic {
    private static final String PROTOCOL_MARK = "; benign null from traffic of ";

    private final CalibratedAttack attack;
    private final TrafficOptions options;
    private final double delta;
    private final LoadedModel loaded;
    private final Supplier<? extends ClientSights> sights;
    private final TrainingChecks checks;
    private final SensorSettings sensors;
    private final PosteriorView view = new PosteriorView();
    /** Ordered, so that the same traffic gives the same file. */
    private final SortedMap<String, ClientTally> tallies = new TreeMap<>();

    private long predictions;
    private long ofOthers;
    private long labelOnly;
    private long beyondMost;

    private NullFromTraffic(
            CalibratedAttack attack,
            TrafficOptions options,
            Supplier<? extends ClientSights> sights,
            TrainingChecks checks,
            SensorSettings sensors) {
        this.attack = attack;
        this.options = options;
        this.sights = sights;
        this.checks = checks;
        this.sensors = sensors;
        loaded = new LoadedModel(attack, attack.calibration().flagRate(), Instant.EPOCH);
        delta = options.delta().orElse(attack.calibration().delta());
    }

    /**
     * Reads the model that scores.
     *
     * @param model its file
     * @param options which traffic, and what is to be promised
     * @param sights a new one for each client, which counts as the monitor does
     * @param checks of training records
     * @param sensors weights and nulls in force, to compare with
     * @throws CalibrationException if the file is no model
     * @throws IOException if it cannot be read
     */
    public static NullFromTraffic of(
            Path model,
            TrafficOptions options,
            Supplier<? extends ClientSights> sights,
            TrainingChecks checks,
            SensorSettings sensors)
            throws IOException {
        try {
            return new NullFromTraffic(ModelFile.read(model), options, sights, checks, sensors);
        } catch (ModelFileException e) {
            throw new CalibrationException("broken attack model: " + e.getMessage(), e);
        }
    }

    /** Counts one prediction. */
    public void add(Prediction prediction) {
        predictions++;
        if (!options.endpoint().orElse(prediction.endpoint()).equals(prediction.endpoint())
                || !options.version().orElse(prediction.version()).equals(prediction.version())) {
            ofOthers++;
            return;
        }
        labelOnly += prediction.labelOnly() ? 1 : 0;
        if (prediction.labelOnly() && !prediction.identified()) {
            // No sensor can say anything of it, nor does the monitor ask one.
            return;
        }
        ClientTally tally = tallies.computeIfAbsent(
                prediction.client() + '\u0000' + prediction.endpoint(),
                client -> new ClientTally(attack.calibration().bins(), sights.get()));
        if (tally.full()) {
            beyondMost++;
            return;
        }
        tally.add(scored(prediction));
    }

    private ScoredQuery scored(Prediction prediction) {
        TrainingCheck training = checks.of(prediction);
        if (prediction.labelOnly()) {
            return ScoredQuery.of(prediction, Float.NaN, null, training);
        }
        // Without the true class, as in the monitor.
        double score = attack.model().score(view.set(prediction.posterior(), prediction.classes(), -1));
        return ScoredQuery.of(prediction, (float) view.maxPosterior(), loaded.of(score), training);
    }

    /** Clients so far that asked anything that could be scored. */
    public int clients() {
        return (int) tallies.values().stream().filter(tally -> tally.scored > 0).count();
    }

    /**
     * Calibrates on what was added and writes the model.
     *
     * @param output model file to write
     * @throws CalibrationException if too little was added
     * @throws IOException if the file cannot be written
     */
    public TrafficReport write(Path output) throws IOException {
        Calibration calibration;
        try {
            calibration = TrafficCalibration.of(
                    attack.calibration(),
                    tallies.values().stream().map(tally -> tally.countsByBin).toList(),
                    options.minQueries(),
                    options.clientQuantile(),
                    delta);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CalibrationException(
                    "nothing to calibrate on: " + e.getMessage() + " (" + predictions + " predictions read, "
                            + clients() + " clients)",
                    e);
        }
        TrafficNull traffic = calibration.traffic().orElseThrow();
        CalibratedAttack calibrated =
                new CalibratedAttack(attack.model(), calibration, provenance(calibration), attack.evaluation());
        ModelFile.write(calibrated, output);
        List<TrafficReport.CutBounds> cuts = cuts(calibration);
        return new TrafficReport(
                attack.id(),
                calibrated.id(),
                seen(calibration),
                new TrafficReport.Promise(
                        attack.calibration().budgetGuaranteed(),
                        calibration.budgetGuaranteed(),
                        options.clientQuantile(),
                        traffic.shareOutside(delta),
                        traffic.leftOutPerCut(delta),
                        traffic.clientsNeeded(delta),
                        delta),
                cuts,
                SensorNull.all(tallies.values(), options, delta, sensors, checks.lowestFalsePositiveRate()),
                plot(cuts));
    }

    private Collection<ClientTally> used() {
        return tallies.values().stream()
                .filter(tally -> tally.firstSights >= options.minQueries())
                .toList();
    }

    private TrafficReport.Seen seen(Calibration calibration) {
        long firstSights =
                tallies.values().stream().mapToLong(tally -> tally.firstSights).sum();
        return new TrafficReport.Seen(
                clients(),
                calibration.traffic().orElseThrow().clients(),
                predictions,
                calibration.nonMembers(),
                ofOthers,
                labelOnly,
                tallies.values().stream().mapToLong(ClientTally::repeats).sum(),
                beyondMost,
                firstSights - calibration.nonMembers());
    }

    private Provenance provenance(Calibration calibration) {
        Provenance from = attack.provenance();
        int mark = from.protocol().indexOf(PROTOCOL_MARK);
        String protocol = mark < 0 ? from.protocol() : from.protocol().substring(0, mark);
        return new Provenance(
                from.dataHash(),
                from.seed(),
                from.library(),
                from.date(),
                protocol + PROTOCOL_MARK + calibration.traffic().orElseThrow().clients() + " clients with "
                        + calibration.nonMembers() + " distinct queries, on model " + attack.id(),
                from.transfer());
    }

    private List<TrafficReport.CutBounds> cuts(Calibration calibration) {
        Calibration before = attack.calibration();
        double[] scores = before.cuts();
        double[] rates = before.nominalRates();
        double[] oldBounds = before.bounds();
        double[] kept = calibration.cuts();
        double[] newBounds = calibration.bounds();
        List<TrafficReport.CutBounds> cuts = new ArrayList<>();
        for (int j = 0; j < scores.length; j++) {
            int at = Arrays.binarySearch(kept, scores[j]);
            int cut = j;
            long atOrAbove =
                    used().stream().mapToLong(tally -> atOrAbove(tally, cut)).sum();
            cuts.add(new TrafficReport.CutBounds(
                    scores[j],
                    rates[j],
                    oldBounds[j],
                    at < 0 ? OptionalDouble.empty() : OptionalDouble.of(newBounds[at]),
                    atOrAbove / (double) calibration.nonMembers()));
        }
        return cuts;
    }

    private static long atOrAbove(ClientTally tally, int cut) {
        return Arrays.stream(tally.countsByBin, cut + 1, tally.countsByBin.length)
                .sum();
    }

    private String plot(List<TrafficReport.CutBounds> cuts) {
        List<ClientRatesPlot.Cut> strips = new ArrayList<>();
        for (int j = 0; j < cuts.size(); j++) {
            int cut = j;
            TrafficReport.CutBounds bounds = cuts.get(j);
            double[] rates = used().stream()
                    .mapToDouble(tally -> atOrAbove(tally, cut) / (double) tally.firstSights)
                    .toArray();
            strips.add(new ClientRatesPlot.Cut(bounds.nominalRate(), rates, bounds.oldBound(), bounds.newBound()));
        }
        return ClientRatesPlot.svg(strips);
    }
}
