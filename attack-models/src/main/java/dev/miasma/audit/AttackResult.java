// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.evaluation.AttackFigures;
import dev.miasma.evaluation.AuditedScores;
import dev.miasma.evaluation.Slice;
import java.util.List;

/**
 * What one attack did to the audited model.
 *
 * @param name of the attack in machine-readable results
 * @param title of the attack for people
 * @param source who described it
 * @param threshold where its threshold comes from
 * @param scores of the evaluated records
 * @param figures of the whole
 * @param classes its slices by class: the true one where known, else the predicted one
 * @param confidences its slices by the answer's highest posterior, ascending
 */
public record AttackResult(
        String name,
        String title,
        String source,
        String threshold,
        AuditedScores scores,
        AttackFigures figures,
        List<Slice> classes,
        List<Slice> confidences) {

    public AttackResult {
        classes = List.copyOf(classes);
        confidences = List.copyOf(confidences);
    }
}
