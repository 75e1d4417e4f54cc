// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.audit.AuditException;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.defense.OutputDefense;
import java.util.Arrays;
import java.util.List;

/**
 * Which defences of the answers an audit tries.
 *
 * @param names of defences; none to try none
 * @param target the true-positive rate at 1 % FPR to bring attackers down to, above 0.01 and at most 1
 */
public record DefenseRequest(List<String> names, double target) {

    /** No defences. */
    public static final DefenseRequest NONE = new DefenseRequest(List.of(), DefenseAuditResult.USUAL_TARGET);

    private static final String ALL = "all";

    public DefenseRequest {
        names = List.copyOf(names);
        try {
            DefenseAuditResult.requireTarget(target);
        } catch (AuditException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The defences of a list such as "top3,round2", or "all" for the usual ones.
     *
     * @throws IllegalArgumentException naming the defence or the target that can't be
     */
    public static DefenseRequest of(String list, double target) {
        List<String> names = list.equals(ALL)
                ? OutputDefense.DEFAULTS
                : Arrays.stream(list.split(",", -1))
                        .map(String::strip)
                        .distinct()
                        .toList();
        names.forEach(OutputDefense::requireKnown);
        return new DefenseRequest(names, target);
    }
}
