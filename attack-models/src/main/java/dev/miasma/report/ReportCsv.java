// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import dev.miasma.audit.AttackResult;
import dev.miasma.audit.AuditResult;

/** The risk of every record, for whoever has to act on single ones. */
public final class ReportCsv {

    private ReportCsv() {}

    /**
     * One line a record, members first, after a header: member (1 or 0), row (in its file, counted from 1 without the
     * header), score and called (1 or 0) by the attack that finds most members at 1 % false positives, and risk (see
     * {@link dev.miasma.evaluation.RiskScale}).
     */
    public static String of(AuditResult result) {
        AttackResult attack = result.mostCareful().orElse(result.strongest());
        StringBuilder csv = new StringBuilder("member,row,score,called,risk\n");
        for (boolean member : new boolean[] {true, false}) {
            double[] scores = attack.scores().scores(member);
            int[] rows = result.answers().rows(member);
            for (int i = 0; i < scores.length; i++) {
                csv.append(member ? 1 : 0)
                        .append(',')
                        .append(rows[i])
                        .append(',')
                        .append(scores[i])
                        .append(',')
                        .append(attack.scores().called(member, i) ? 1 : 0)
                        .append(',')
                        .append(attack.scores().risk(member, i))
                        .append('\n');
            }
        }
        return csv.toString();
    }
}
