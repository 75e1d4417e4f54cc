// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.audit.AnswerFiles;
import dev.miasma.audit.Answers;
import dev.miasma.audit.Audit;
import dev.miasma.audit.AuditException;
import dev.miasma.audit.AuditOptions;
import dev.miasma.audit.AuditResult;
import dev.miasma.audit.DefenseAudit;
import dev.miasma.audit.DefenseAuditResult;
import dev.miasma.audit.Reference;
import dev.miasma.audit.StandardAttacks;
import dev.miasma.experiment.ModelAnswers;
import dev.miasma.experiment.ModelFamily;
import dev.miasma.experiment.ModelJob;
import dev.miasma.experiment.Study;
import dev.miasma.experiment.Workbench;
import dev.miasma.report.AuditHeader;
import dev.miasma.report.ReportCsv;
import dev.miasma.report.ReportHtml;
import dev.miasma.report.ReportJson;
import dev.miasma.report.ReportText;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.target.network.NetworkTrainingUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Audits a model from files of its answers, or one that it trains. */
public final class Auditing {
    private Auditing() {}

    /**
     * Reads, attacks, reports.
     *
     * @param defences to try as well; they need a shadow
     * @param program name and version, for the report
     * @throws AuditRefusedException if the files can be read but not audited, naming them
     * @throws IOException if a file cannot be read or a value in it is wrong, naming file, row and column
     */
    public static AuditReport run(AuditRequest request, DefenseRequest defences, String program) throws IOException {
        AuditHeader header = new AuditHeader(request.inputs(), program);
        try {
            Audit audit = new Audit(
                    StandardAttacks.all(), new AuditOptions(request.seed(), request.resamples(), request.prior()));
            Answers target = target(request.target());
            return request.shadow().isPresent()
                    ? report(audit, shadow(request.shadow().get()), target, defences, request.seed(), header)
                    : report(audit.crossValidated(target), Optional.empty(), header);
        } catch (AuditException e) {
            throw refused(header, e);
        }
    }

    /** Names of the model families that can be trained and audited. */
    public static List<String> families() {
        return Arrays.stream(ModelFamily.values()).map(ModelFamily::id).toList();
    }

    /**
     * Trains a target on a data set, and a shadow of its kind on other records of it; attacks the target with what was
     * learnt on the shadow.
     *
     * @param defences to try as well
     * @param program name and version, for the report
     * @param progress is told of each model that is trained, in words
     * @throws AuditRefusedException if there are too few records, or a network is asked for and can't be trained
     * @throws IOException if the data set can't be read, naming the file
     */
    public static AuditReport run(
            TargetRequest request, DefenseRequest defences, String program, Consumer<String> progress)
            throws IOException {
        ModelJob target = job(request);
        AuditHeader header = new AuditHeader(List.of(target.key()), program);
        try {
            Audit audit = new Audit(
                    StandardAttacks.all(), new AuditOptions(request.seed(), request.resamples(), request.prior()));
            Workbench bench = new Workbench(request.dataDir(), request.work(), NetworkTrainer::load, request.threads());
            bench.prepare(
                    List.of(target, target.shadow()),
                    (done, of, what) -> progress.accept("models " + done + " of " + of + ": " + what));
            ModelAnswers answers = bench.answers(target);
            ModelAnswers shadow = bench.answers(target.shadow());
            return report(
                    audit,
                    new Reference("the shadow", shadow.in(), shadow.out()),
                    Answers.of(answers.in(), answers.out()),
                    defences,
                    request.seed(),
                    header);
        } catch (AuditException e) {
            throw refused(header, e);
        } catch (NetworkTrainingUnavailableException | IllegalArgumentException e) {
            throw new AuditRefusedException("cannot audit " + target.key() + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ModelJob job(TargetRequest request) {
        try {
            Study study = new Study(List.of(request.dataset()), false, request.seed());
            return ModelJob.target(
                    request.dataset(),
                    ModelFamily.from(request.family()),
                    request.epochs().orElseGet(() -> study.epochs(request.dataset())),
                    request.members().orElseGet(() -> study.members(request.dataset())),
                    request.seed());
        } catch (IllegalArgumentException e) {
            throw new AuditRefusedException("cannot audit a model of " + request.dataset() + ": " + e.getMessage(), e);
        }
    }

    /** Attacks with a shadow, and tries the defences with the same. */
    private static AuditReport report(
            Audit audit, Reference shadow, Answers target, DefenseRequest defences, long seed, AuditHeader header) {
        AuditResult result = audit.withShadow(shadow, target);
        Optional<DefenseAuditResult> tried = defences.names().isEmpty()
                ? Optional.empty()
                : Optional.of(new DefenseAudit(
                                defences.target(), seed, Runtime.getRuntime().availableProcessors())
                        .run(shadow, target, DefenseAudit.defences(defences.names(), shadow, seed)));
        return report(result, tried, header);
    }

    private static AuditReport report(AuditResult result, Optional<DefenseAuditResult> defences, AuditHeader header) {
        return new AuditReport(
                ReportHtml.of(result, defences, header),
                ReportJson.of(result, defences, header),
                ReportText.of(result, defences),
                ReportCsv.of(result));
    }

    private static AuditRefusedException refused(AuditHeader header, AuditException e) {
        return new AuditRefusedException(
                "cannot audit " + String.join(", ", header.inputs()) + ": " + e.getMessage(), e);
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
