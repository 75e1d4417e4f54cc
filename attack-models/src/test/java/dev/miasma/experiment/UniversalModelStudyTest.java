// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.Calibration;
import dev.miasma.attack.EvidenceTable;
import dev.miasma.attack.NullSource;
import dev.miasma.attack.Transfer;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import dev.miasma.fixtures.Trainers;
import dev.miasma.posterior.PosteriorFeature;
import dev.miasma.posterior.PosteriorView;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.TrainingOptions;
import dev.miasma.training.UniversalTraining;
import dev.miasma.training.UniversalTraining.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Why the universal model is as it is, measured on answers that {@code train --from universal} has kept in the folder of
 * the system property "miasma.answers"; skipped without. Prints the tables of decision 0008.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UniversalModelStudyTest {

    private static final TrainingOptions OPTIONS = TrainingOptions.universal(1, LocalDate.of(2026, 11, 22));

    private final List<Source> sources = new ArrayList<>();

    @BeforeAll
    void kept_answers() {
        String folder = System.getProperty("miasma.answers", "");
        assumeTrue(!folder.isEmpty(), "skipped: no -Dmiasma.answers, the --work folder of src/scripts/universal-model");
        boolean full = kept(folder, new Study(Study.ALL, false, 1));
        Study study = new Study(Study.ALL, !full, 1);
        assumeTrue(full || kept(folder, study), "skipped: " + folder + " lacks answers of some data set");
        Workbench bench = new Workbench(Path.of(folder), Path.of(folder), Trainers::requireNetworks, 1);
        for (String dataset : Study.ALL) {
            ModelAnswers target = bench.answers(study.target(dataset));
            ModelAnswers shadow = bench.answers(study.target(dataset).shadow());
            sources.add(new Source(
                    dataset,
                    shadow.withoutLabels().shadow(),
                    target.withoutLabels().shadow(),
                    target.overfitting()));
        }
        System.out.println((full ? "networks of full size" : "quick networks") + " of " + Study.ALL);
    }

    private static boolean kept(String folder, Study study) {
        AnswerStore store = new AnswerStore(Path.of(folder));
        return Files.isDirectory(Path.of(folder))
                && Study.ALL.stream()
                        .allMatch(dataset -> store.has(study.target(dataset).key())
                                && store.has(study.target(dataset).shadow().key()));
    }

    private static Map<String, List<PosteriorFeature>> candidates() {
        Map<String, List<PosteriorFeature>> candidates = new LinkedHashMap<>();
        candidates.put("universal", TrainingOptions.UNIVERSAL);
        candidates.put(
                "four on log scale",
                List.of(
                        PosteriorFeature.LOGIT_MARGIN,
                        PosteriorFeature.LOG_ENTROPY,
                        PosteriorFeature.LOG_MODIFIED_ENTROPY,
                        PosteriorFeature.LOG_TOP_1));
        candidates.put("top-3", TrainingOptions.TOP_3);
        candidates.put("rich", TrainingOptions.RICH);
        candidates.put(
                "log-top-3",
                List.of(PosteriorFeature.LOG_TOP_1, PosteriorFeature.LOG_TOP_2, PosteriorFeature.LOG_TOP_3));
        candidates.put("log-entropy", List.of(PosteriorFeature.LOG_ENTROPY));
        return candidates;
    }

    @Test
    void the_chosen_features_carry_over_as_well_as_any() {
        Map<String, Double> means = new LinkedHashMap<>();
        candidates()
                .forEach((name, features) ->
                        means.put(name, row(name + ", logistic", AttackFitter.logistic(), features)));
        AttackFitter units = AttackFitter.network(Trainers.requireNetworks());
        double network = row("universal, network", units, OPTIONS.features());
        row("top-3, network", units, TrainingOptions.TOP_3);

        double chosen = means.getOrDefault("universal", 0.0);
        assertThat(means.values()).allSatisfy(mean -> assertThat(chosen).isGreaterThan(mean - 0.01));
        assertThat(chosen).isGreaterThan(network - 0.01);
    }

    /** Prints AUC and TPR at 1 % FPR on each data set left out; gives the mean AUC. */
    private double row(String name, AttackFitter fitter, List<PosteriorFeature> features) {
        List<Transfer> transfer = UniversalTraining.transfer(sources, fitter, OPTIONS.withFeatures(features));
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %-22s ", name));
        transfer.forEach(to -> line.append(String.format(
                Locale.ROOT, "| %.3f / %.3f ", to.auc(), to.tprAt1Percent().orElse(Double.NaN))));
        double mean = mean(transfer, Transfer::auc);
        double tpr = mean(transfer, to -> to.tprAt1Percent().orElse(0));
        System.out.println(line.append(String.format(Locale.ROOT, "| %.3f / %.3f |", mean, tpr)));
        return mean;
    }

    private static double mean(List<Transfer> transfer, ToDoubleFunction<Transfer> figure) {
        return transfer.stream().mapToDouble(figure).average().orElseThrow();
    }

    @Test
    void benign_clients_raise_no_alarm_unless_their_model_is_surer_than_all_that_are_known() {
        List<Double> benign = new ArrayList<>();
        for (Source left : sources) {
            List<Source> others = sources.stream()
                    .filter(source -> !source.dataset().equals(left.dataset()))
                    .toList();
            CalibratedAttack attack = UniversalTraining.train(others, AttackFitter.logistic(), OPTIONS);
            double[] in = scores(attack, left.target().in());
            double[] out = scores(attack, left.target().out());
            Calibration pooled = pooled(attack, others);
            Calibration envelope = attack.calibration();
            benign.add(alarms(envelope, in, out, 0));
            System.out.printf(
                    Locale.ROOT,
                    "| %-8s | %3.0f %% | %3.0f %% | %3.0f %% | %3.0f %% | %3.0f %% | %3.0f %% |%n",
                    left.dataset(),
                    100 * alarms(pooled, in, out, 0),
                    100 * alarms(pooled, in, out, 0.5),
                    100 * alarms(pooled, in, out, 1),
                    100 * alarms(envelope, in, out, 0),
                    100 * alarms(envelope, in, out, 0.5),
                    100 * alarms(envelope, in, out, 1));
        }
        assertThat(benign.stream().filter(share -> share > 0.01).count()).isLessThanOrEqualTo(1);
    }

    /** The plain way: as many non-members of each data set in one pool, and members for the evidence. */
    private static Calibration pooled(CalibratedAttack attack, List<Source> others) {
        int each = others.stream()
                .mapToInt(source -> Math.min(
                        source.target().in().size(), source.target().out().size()))
                .min()
                .orElseThrow();
        return Calibration.of(
                others.stream()
                        .flatMapToDouble(source ->
                                Arrays.stream(scores(attack, source.target().out()), 0, each))
                        .toArray(),
                others.stream()
                        .flatMapToDouble(source ->
                                Arrays.stream(scores(attack, source.target().in()), 0, each))
                        .toArray(),
                Calibration.DELTA,
                NullSource.OTHER_DATA);
    }

    private static double[] scores(CalibratedAttack attack, PosteriorSet set) {
        PosteriorView view = new PosteriorView();
        return Arrays.stream(set.posteriors())
                .mapToDouble(posterior -> attack.model().score(view.set(posterior)))
                .toArray();
    }

    /** The share of clients that alarm within 300 queries, one false alert in a million allowed. */
    private static double alarms(Calibration calibration, double[] in, double[] out, double memberShare) {
        Random random = new Random(5);
        int clients = 200;
        int alarms = 0;
        for (int client = 0; client < clients; client++) {
            // Nobody's repeats are evidence: a client asks each record once.
            int[] members = Split.shuffled(in.length, random.nextLong());
            int[] others = Split.shuffled(out.length, random.nextLong());
            double[] queries = IntStream.range(0, 300)
                    .mapToDouble(q -> random.nextDouble() < memberShare ? in[members[q]] : out[others[q]])
                    .toArray();
            alarms += alarms(calibration, queries) ? 1 : 0;
        }
        return alarms / (double) clients;
    }

    /** The detector of the monitor: M = (M + 1) L for each row, an alarm at a mean of a million. */
    private static boolean alarms(Calibration calibration, double[] queries) {
        EvidenceTable table = calibration.evidence();
        double[] m = new double[table.rows()];
        for (double score : queries) {
            int bin = calibration.bin(score);
            for (int row = 0; row < m.length; row++) {
                m[row] = (m[row] + 1) * Math.exp(table.logEvidence(row, bin));
            }
            if (Arrays.stream(m).average().orElse(0) >= 1e6) {
                return true;
            }
        }
        return false;
    }
}
