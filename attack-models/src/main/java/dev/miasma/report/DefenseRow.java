// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.DefenseResult;
import dev.miasma.audit.Exposure;
import dev.miasma.audit.Utility;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A row of the table of defences: each figure of the adaptive attacker with the naive one's behind it.
 *
 * @param name of the defence
 * @param cells in the order of {@link #COLUMNS}
 */
record DefenseRow(String name, List<String> cells) {

    static final List<String> COLUMNS = List.of(
            "accuracy",
            "labels",
            "distortion",
            "AUC",
            "naive",
            "TPR at 1%",
            "naive",
            "precision",
            "naive",
            "recall",
            "naive");

    /** The bare answers, and then every defence. */
    static List<DefenseRow> of(DefenseAuditResult result) {
        List<DefenseRow> rows = new ArrayList<>();
        Utility free = result.defences().getFirst().utility();
        rows.add(row(
                "none",
                new Utility(free.accuracyBefore(), free.accuracyBefore(), 1, 0),
                figure -> List.of(Numbers.four(figure.apply(result.undefended())), "")));
        for (DefenseResult defence : result.defences()) {
            rows.add(row(
                    defence.id(),
                    defence.utility(),
                    figure -> defence.attackers()
                            .compare((adaptive, naive) ->
                                    List.of(Numbers.four(figure.apply(adaptive)), Numbers.four(figure.apply(naive))))));
        }
        return rows;
    }

    private static DefenseRow row(
            String name, Utility utility, Function<Function<Exposure, OptionalDouble>, List<String>> both) {
        List<String> cells = new ArrayList<>();
        cells.add(Numbers.four(utility.accuracyAfter()));
        cells.add(Numbers.four(utility.labelsKept()));
        cells.add(Numbers.four(utility.distortion()));
        cells.addAll(both.apply(exposure -> OptionalDouble.of(exposure.auc())));
        cells.addAll(both.apply(Exposure::tprAt1Percent));
        cells.addAll(both.apply(Exposure::precision));
        cells.addAll(both.apply(exposure -> OptionalDouble.of(exposure.recall())));
        return new DefenseRow(name, List.copyOf(cells));
    }
}
