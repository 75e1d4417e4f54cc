// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.experiment.PaperFigure.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the papers report of defences. */
final class PaperMitigations {

    /** The columns of {@link #cells}. */
    static final List<String> COLUMNS = List.of("paper, Purchase-100", "paper, Texas-100");

    /** What stands in them. */
    static final String NOTE =
            "Shokri et al.'s cells are the target's test accuracy, and the attack's accuracy, precision and recall; how their L2 is scaled against ours is not known.";

    private static final String WHERE = "Shokri et al. 2017, section VIII, mitigations: ";

    private static final Map<String, String> PURCHASE = Map.ofEntries(
            Map.entry("none", "0.66 / 0.92 / 0.87 / 1.00"),
            Map.entry("top3", "0.66 / 0.92 / 0.87 / 0.99"),
            Map.entry("top1", "0.66 / 0.89 / 0.83 / 1.00"),
            Map.entry("label", "0.66 / 0.66 / 0.60 / 0.99"),
            Map.entry("round3", "0.66 / 0.92 / 0.87 / 0.99"),
            Map.entry("round1", "0.66 / 0.89 / 0.83 / 1.00"),
            Map.entry("temperature5", "0.66 / 0.88 / 0.86 / 0.93"),
            Map.entry("temperature20", "0.66 / 0.84 / 0.83 / 0.86"),
            Map.entry("l2-0.0001", "0.68 / 0.87 / 0.81 / 0.96"),
            Map.entry("l2-0.001", "0.72 / 0.77 / 0.73 / 0.86"),
            Map.entry("l2-0.01", "0.63 / 0.53 / 0.54 / 0.52"));

    private static final Map<String, String> TEXAS = Map.ofEntries(
            Map.entry("none", "0.55 / 0.83 / 0.77 / 0.95"),
            Map.entry("top3", "0.55 / 0.83 / 0.77 / 0.95"),
            Map.entry("top1", "0.55 / 0.82 / 0.76 / 0.95"),
            Map.entry("label", "0.55 / 0.73 / 0.67 / 0.93"),
            Map.entry("round3", "0.55 / 0.83 / 0.77 / 0.95"),
            Map.entry("round1", "0.55 / 0.81 / 0.75 / 0.96"),
            Map.entry("temperature5", "0.55 / 0.79 / 0.77 / 0.83"),
            Map.entry("temperature20", "0.55 / 0.76 / 0.76 / 0.76"),
            Map.entry("l2-0.0001", "0.56 / 0.80 / 0.74 / 0.92"),
            Map.entry("l2-0.001", "0.56 / 0.66 / 0.64 / 0.73"));

    /** ML-Leaks on CIFAR-100, by defence of the training. */
    private static final Map<String, PaperFigure> CIFAR_100 = Map.of(
            "none",
            new PaperFigure(
                    "0.95 / 0.95", "ML-Leaks, text of section III: CIFAR-100, precision / recall", Certainty.SECONDARY),
            "dropout-0.5",
            new PaperFigure(
                    "about 0.60",
                    "ML-Leaks, section VI: CIFAR-100 with dropout, precision and recall",
                    Certainty.SECONDARY),
            "stacking",
            new PaperFigure(
                    "over 30 % less",
                    "ML-Leaks, section VI: CIFAR-100 with stacking, precision and recall", Certainty.SECONDARY));

    private PaperMitigations() {}

    /** What Shokri et al. report of a defence. */
    static List<Cell> cells(String defence) {
        return List.of(cell(PURCHASE, defence, "Purchase-100"), cell(TEXAS, defence, "Texas-100"));
    }

    /** What ML-Leaks reports of a defence of the training on CIFAR-100. */
    static Cell cifar100(String defence) {
        PaperFigure figure = CIFAR_100.get(defence);
        return figure == null ? Cell.NONE : Cell.of(figure);
    }

    /** Where the figures of these defences come from. */
    static List<PaperFigure> sources(List<String> defences) {
        List<PaperFigure> all = new ArrayList<>();
        for (String defence : defences) {
            add(PURCHASE, defence, "Purchase-100", all);
            add(TEXAS, defence, "Texas-100", all);
        }
        return all;
    }

    /** Where the figures on CIFAR-100 come from. */
    static List<PaperFigure> cifar100Sources(List<String> defences) {
        return defences.stream()
                .flatMap(defence -> java.util.Optional.ofNullable(CIFAR_100.get(defence)).stream())
                .toList();
    }

    private static Cell cell(Map<String, String> figures, String defence, String dataset) {
        return figures.containsKey(defence) ? Cell.of(figure(figures, defence, dataset)) : Cell.NONE;
    }

    private static void add(Map<String, String> figures, String defence, String dataset, List<PaperFigure> sources) {
        if (figures.containsKey(defence)) {
            sources.add(figure(figures, defence, dataset));
        }
    }

    private static PaperFigure figure(Map<String, String> figures, String defence, String dataset) {
        return new PaperFigure(Rows.at(figures, defence), WHERE + dataset + ", " + defence, Certainty.RECALLED);
    }
}
