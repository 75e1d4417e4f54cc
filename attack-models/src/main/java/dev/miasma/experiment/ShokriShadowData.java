// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.attack.AttackModel;
import dev.miasma.experiment.PaperFigure.Certainty;
import dev.miasma.synthesis.SyntheticData;
import dev.miasma.training.AttackFitter;
import dev.miasma.training.ShadowTraining.Shadow;
import dev.miasma.training.ShokriTraining;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shokri's attack with shadow data of falling quality (Shokri et al. 2017, sections V.C and VII): real, noisy real,
 * marginals, and model-based synthesis by Algorithm 1. On Location.
 */
final class ShokriShadowData implements Experiment {

    private static final String DATASET = "location";
    private static final PaperFigure REAL = new PaperFigure(
            "0.678", "Shokri et al. 2017, section VII: Location, real shadow data, precision", Certainty.SECONDARY);
    private static final PaperFigure NOISE_10 = new PaperFigure(
            "0.666", "Shokri et al. 2017, section VII: Location, 10 % noise, precision", Certainty.SECONDARY);
    private static final PaperFigure NOISE_20 = new PaperFigure(
            "0.613", "Shokri et al. 2017, section VII: Location, 20 % noise, precision", Certainty.SECONDARY);
    private static final PaperFigure MARGINALS = new PaperFigure(
            "0.795 (Purchase-100)",
            "Shokri et al. 2017, section VII: Purchase-100, marginals, precision",
            Certainty.SECONDARY);
    private static final PaperFigure SYNTHESIS = new PaperFigure(
            "0.896 (Purchase-100)",
            "Shokri et al. 2017, section VII: Purchase-100, model-based synthesis, precision",
            Certainty.SECONDARY);
    private static final PaperFigure QUERIES = new PaperFigure(
            "about 156", "Shokri et al. 2017, section V.C: queries for each synthetic record", Certainty.SECONDARY);

    private static final int RUNS = 3;

    @Override
    public String name() {
        return "shokri-shadow-data";
    }

    @Override
    public String title() {
        return "Shokri's attack with real, noisy and synthetic shadow data";
    }

    @Override
    public List<ModelJob> jobs(Study study) {
        if (!study.datasets().contains(DATASET)) {
            return List.of();
        }
        return runs(study).stream()
                .flatMap(run -> Stream.concat(
                        Stream.of(run.target(DATASET)),
                        Arrays.stream(ShadowData.values()).flatMap(data -> shadows(run, data).stream())))
                .toList();
    }

    @Override
    public ExperimentResult run(Workbench bench, Study study) {
        Map<ShadowData, Attacked> found = new EnumMap<>(ShadowData.class);
        List<List<Cell>> rows = new ArrayList<>();
        for (ShadowData data : ShadowData.values()) {
            Attacked attacked = Attacked.mean(
                    runs(study).stream().map(run -> attacked(bench, run, data)).toList());
            found.put(data, attacked);
            rows.add(Rows.joined(
                    List.of(Cell.of(words(data)), Cell.of(shadows(study, data).size())),
                    attacked.cells(),
                    List.of(paper(data))));
        }
        SyntheticData synthesis = bench.synthesis(study.target(DATASET));
        String queries = String.format(Locale.ROOT, "%.1f", synthesis.queriesPerRecord());
        return new ExperimentResult(
                name(),
                title(),
                "Shadows of the target's kind are trained on Location's real records, on the same with the bits of 10"
                        + " and 20 % of their features flipped, on records drawn feature by feature from the marginals"
                        + " and labelled by the target, and on records made by Algorithm 1 against the target. An attack"
                        + " a class learns on their answers. Figures are means over " + RUNS
                        + " splits of the data, each"
                        + " with its own target and shadows.",
                List.of(
                        new ResultTable(
                                "Location, one attack a class",
                                Rows.joined(
                                        List.of("shadow data", "shadows"),
                                        Attacked.COLUMNS,
                                        List.of("paper: precision")),
                                rows),
                        new ResultTable(
                                "Model-based synthesis",
                                List.of("records", "queries for each", "records given up", "paper: queries for each"),
                                List.of(List.of(
                                        Cell.of(synthesis.data().size()),
                                        new Cell(queries, OptionalDouble.of(synthesis.queriesPerRecord())),
                                        Cell.of(synthesis.givenUp()),
                                        Cell.of(QUERIES))))),
                List.of(new Plot.Bars(
                        "shokri-shadow-data",
                        "AUC and precision by the quality of shadow data",
                        "share",
                        found.keySet().stream().map(ShokriShadowData::words).toList(),
                        List.of(
                                new Plot.Series(
                                        "AUC",
                                        Rows.values(found.values().stream().mapToDouble(Attacked::auc))),
                                new Plot.Series(
                                        "precision",
                                        found.values().stream()
                                                .map(Attacked::precision)
                                                .toList())),
                        OptionalDouble.of(0.5))),
                checks(found),
                List.of(
                        "The order is checked on the AUC: precision depends on where the threshold learnt on the shadows"
                                + " falls, and goes up as recall goes down.",
                        "The attacks a class are logistic regressions here, in log space; with the paper's networks see"
                                + " the page on the number of shadows.",
                        "The paper attacked models of a cloud service of unknown kind; its order, not its digits, is to"
                                + " be expected here."),
                List.of(REAL, NOISE_10, NOISE_20, MARGINALS, SYNTHESIS, QUERIES));
    }

    private static Attacked attacked(Workbench bench, Study run, ShadowData data) {
        List<Shadow> shadows = shadows(run, data).stream()
                .map(job -> bench.answers(job).shadow())
                .toList();
        AttackModel attack =
                ShokriTraining.fit(shadows, AttackFitter.logistic(), Attacked.options(run.seed()), bench.threads());
        return Attacked.of(attack, bench.answers(run.target(DATASET)));
    }

    /** One target says little about differences this small: everything is done again with other splits. */
    private static List<Study> runs(Study study) {
        return IntStream.range(0, RUNS)
                .mapToObj(i -> new Study(study.datasets(), study.quick(), study.seed() + i))
                .toList();
    }

    private static List<ModelJob> shadows(Study study, ShadowData data) {
        int k = study.quick() ? 3 : 10;
        return IntStream.range(0, k)
                .mapToObj(i -> study.target(DATASET).pool(i, data))
                .toList();
    }

    private static List<Check> checks(Map<ShadowData, Attacked> found) {
        double real = Rows.at(found, ShadowData.REAL).auc();
        double some = Rows.at(found, ShadowData.NOISE_10).auc();
        double more = Rows.at(found, ShadowData.NOISE_20).auc();
        double synthesis = Rows.at(found, ShadowData.SYNTHESIS).auc();
        return List.of(
                new Check(
                        "AUC falls with the quality of shadow data: real above 10 % noise above 20 % noise",
                        real > some && some > more,
                        Rows.three(real) + ", " + Rows.three(some) + ", " + Rows.three(more)),
                new Check(
                        "Synthetic data made by querying the target is enough for an attack: AUC above 0.6",
                        synthesis > 0.6,
                        Rows.three(synthesis)));
    }

    private static String words(ShadowData data) {
        return switch (data) {
            case REAL -> "real";
            case NOISE_10 -> "10 % noise";
            case NOISE_20 -> "20 % noise";
            case MARGINALS -> "marginals";
            case SYNTHESIS -> "synthesis";
        };
    }

    private static Cell paper(ShadowData data) {
        return Cell.of(
                switch (data) {
                    case REAL -> REAL;
                    case NOISE_10 -> NOISE_10;
                    case NOISE_20 -> NOISE_20;
                    case MARGINALS -> MARGINALS;
                    case SYNTHESIS -> SYNTHESIS;
                });
    }
}
