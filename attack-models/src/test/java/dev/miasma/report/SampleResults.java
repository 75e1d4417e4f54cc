// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.experiment.Cell;
import dev.miasma.experiment.Check;
import dev.miasma.experiment.ExperimentResult;
import dev.miasma.experiment.PaperFigure;
import dev.miasma.experiment.PaperFigure.Certainty;
import dev.miasma.experiment.Plot;
import dev.miasma.experiment.Plot.Point;
import dev.miasma.experiment.Plot.Series;
import dev.miasma.experiment.ResultTable;
import dev.miasma.experiment.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Results as large as they come: seven data sets, six series, names that need room and escaping. */
final class SampleResults {

    static final List<String> DATASETS = List.of("adult", "mnist", "location", "cifar10", "lfw", "news", "cifar100");
    static final List<String> ATTACKS = List.of(
            "Shokri, 10 shadows",
            "ML-Leaks adversary 1",
            "adversary 2 <other data>",
            "threshold & maximum",
            "gap",
            "\"learned\" in log space");
    static final ResultHeader HEADER =
            new ResultHeader("Miasma test", new Study(List.of("adult", "mnist"), true, 7), List.of("news", "cifar100"));

    private SampleResults() {}

    static Plot.Lines lines(int places, int series) {
        List<String> ticks = IntStream.rangeClosed(1, places)
                .mapToObj(i -> i * 10 + " shadows")
                .toList();
        return new Plot.Lines(
                "lines-" + places,
                "Precision of Shokri's attack over the number of shadow models, by data set, learnt without <labels>",
                "shadow models",
                "precision",
                ticks,
                series(series, places),
                OptionalDouble.of(0.5));
    }

    static Plot.Bars bars(List<String> groups, int series) {
        return new Plot.Bars(
                "bars-" + groups.size() + "-" + series,
                "Area under the curve by attack",
                "area under the curve",
                groups,
                series(series, groups.size()),
                OptionalDouble.of(0.5));
    }

    static Plot.Points points(int count) {
        Random random = new Random(4);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double gap = random.nextDouble() * (i % 3 == 0 ? 0.1 : 0.8);
            points.add(new Point(
                    DATASETS.get(i % 7) + (i < 7 ? "" : " forest " + i / 7),
                    gap,
                    0.5 + gap / 2 + random.nextDouble() * 0.03));
        }
        return new Plot.Points("points-" + count, "What overfitting costs", "gap of accuracy", "precision", points);
    }

    static Plot.HeatMap heatMap(List<String> names) {
        Random random = new Random(3);
        List<List<Double>> values = names.stream()
                .map(row -> names.stream()
                        .map(column -> row.equals(column) ? 0.95 : 0.5 + random.nextDouble() * 0.4)
                        .toList())
                .toList();
        return new Plot.HeatMap(
                "heat-map-" + names.size(),
                "Precision with a shadow on other data",
                "target",
                names,
                "shadow",
                names,
                values);
    }

    private static List<Series> series(int count, int places) {
        Random random = new Random(count + places);
        return IntStream.range(0, count)
                .mapToObj(i -> new Series(
                        ATTACKS.get(i),
                        IntStream.range(0, places)
                                .mapToObj(g -> i == 2 && g == 1
                                        ? OptionalDouble.empty()
                                        : OptionalDouble.of(0.5 + random.nextDouble() * 0.45))
                                .toList()))
                .toList();
    }

    static ExperimentResult result() {
        PaperFigure primary = new PaperFigure("0.94", "Salem et al. 2019, figure 3", Certainty.PRIMARY);
        PaperFigure recalled = new PaperFigure("0.5", "Shokri et al. 2017, table II", Certainty.RECALLED);
        ResultTable table = new ResultTable(
                "Precision | recall",
                List.of("data set", "ours", "members", "paper", "why"),
                List.of(
                        List.of(
                                Cell.of("a|b"),
                                Cell.of(0.87123),
                                Cell.of(12345),
                                Cell.of(primary),
                                Cell.of("as <it> is")),
                        List.of(
                                Cell.of("lfw"),
                                Cell.of(OptionalDouble.empty()),
                                Cell.of(5),
                                Cell.of(recalled),
                                Cell.NONE)));
        return new ExperimentResult(
                "sample",
                "A sample",
                "What was done. And how.",
                List.of(table),
                List.of(lines(3, 2), heatMap(List.of("a", "b"))),
                List.of(
                        new Check("ours are above guessing", true, "0.87"),
                        new Check("more shadows *help*", false, "0.80 < 0.87")),
                List.of("One seed only."),
                List.of(primary, recalled));
    }
}
