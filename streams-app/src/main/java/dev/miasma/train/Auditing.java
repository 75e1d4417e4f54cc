// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.audit.AnswerFiles;
import dev.miasma.audit.Answers;
import dev.miasma.audit.Audit;
import dev.miasma.audit.AuditException;
import dev.miasma.audit.AuditOptions;
import dev.miasma.audit.AuditResult;
import dev.miasma.audit.Reference;
import dev.miasma.audit.StandardAttacks;
import dev.miasma.report.AuditHeader;
import dev.miasma.report.ReportCsv;
import dev.miasma.report.ReportHtml;
import dev.miasma.report.ReportJson;
import dev.miasma.report.ReportText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Audits a model from files of its answers. */
public final class Auditing {
    private Auditing() {}

    /**
     * Reads, attacks, reports.
     *
     * @param program name and version, for the report
     * @throws AuditRefusedException if the files can be read but not audited, naming them
     * @throws IOException if a file cannot be read or a value in it is wrong, naming file, row and column
     */
    public static AuditReport run(AuditRequest request, String program) throws IOException {
        AuditHeader header = new AuditHeader(request.inputs(), program);
        try {
            Audit audit = new Audit(
                    StandardAttacks.all(), new AuditOptions(request.seed(), request.resamples(), request.prior()));
            Answers target = target(request.target());
            AuditResult result = request.shadow().isPresent()
                    ? audit.withShadow(shadow(request.shadow().get()), target)
                    : audit.crossValidated(target);
            return new AuditReport(
                    ReportHtml.of(result, header),
                    ReportJson.of(result, header),
                    ReportText.of(result),
                    ReportCsv.of(result));
        } catch (AuditException e) {
            throw new AuditRefusedException(
                    "cannot audit " + String.join(", ", header.inputs()) + ": " + e.getMessage(), e);
        }
    }

    private static Answers target(List<Path> files) throws IOException {
        return files.size() == 1
                ? Answers.of(AnswerFiles.read(files.getFirst()))
                : Answers.of(AnswerFiles.members(files.getFirst()), AnswerFiles.nonMembers(files.getLast()));
    }

    private static Reference shadow(Path file) throws IOException {
        Answers answers = Answers.of(AnswerFiles.read(file));
        return new Reference("the shadow", answers.members(), answers.nonMembers());
    }
}
