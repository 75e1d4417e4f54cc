// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.dataset.CatalogueEntry;
import dev.miasma.dataset.DatasetCatalogue;
import dev.miasma.dataset.DatasetFinding;
import dev.miasma.experiment.Check;
import dev.miasma.experiment.Experiment;
import dev.miasma.experiment.ExperimentResult;
import dev.miasma.experiment.Experiments;
import dev.miasma.experiment.ModelJob;
import dev.miasma.experiment.Study;
import dev.miasma.experiment.Workbench;
import dev.miasma.report.ResultFolder;
import dev.miasma.report.ResultHeader;
import dev.miasma.report.ResultJson;
import dev.miasma.report.ResultText;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.target.network.NetworkTrainingUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the papers' experiments on the papers' data: trains every model they need, attacks them, writes pages. Stopped at
 * any time, it goes on where it was with the next call.
 */
public final class Reproduction {
    private final List<Experiment> all;
    private final BiFunction<CatalogueEntry, Path, DatasetFinding> finder;

    /** All experiments there are. */
    public Reproduction() {
        this(Experiments.all(), CatalogueEntry::look);
    }

    /**
     * These experiments.
     *
     * @param finder looks for a data set in the folder of all data sets
     */
    public Reproduction(List<Experiment> all, BiFunction<CatalogueEntry, Path, DatasetFinding> finder) {
        this.all = List.copyOf(all);
        this.finder = finder;
    }

    /** What can be reproduced, in the order of reports. */
    public List<ExperimentTitle> experiments() {
        return all.stream().map(Reproduction::title).toList();
    }

    /**
     * Trains, attacks, writes.
     *
     * @param program name and version, for the pages
     * @throws ReproductionException if no data set is there, or a network is needed and can't be trained
     * @throws IOException if a file can't be read or written, naming it
     * @throws IllegalArgumentException if there is no experiment of a name
     */
    public ReproductionReport run(ReproductionRequest request, String program, ReproductionProgress progress)
            throws IOException {
        List<Experiment> chosen = chosen(request.experiments());
        Data data = look(request.dataDir(), progress);
        Study study = new Study(data.found(), request.quick(), request.seed());
        Workbench bench =
                new Workbench(request.dataDir(), request.workDir(), new Once(NetworkTrainer::load), request.threads());
        try {
            List<Experiment> possible = possible(chosen, study, progress);
            train(bench, study, possible, progress);
            return run(bench, possible, request.output(), new ResultHeader(program, study, data.leftOut()), progress);
        } catch (NetworkTrainingUnavailableException e) {
            throw new ReproductionException(String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw explained(e);
        }
    }

    private List<Experiment> chosen(List<String> names) {
        Set<String> wanted = Set.copyOf(names);
        List<String> known = all.stream().map(Experiment::name).toList();
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "experiment is " + name + "; one of " + String.join(", ", known) + " needed");
            }
        }
        return all.stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(one.name()))
                .toList();
    }

    /** Without those that have no data set to run on. */
    private static List<Experiment> possible(List<Experiment> chosen, Study study, ReproductionProgress progress) {
        List<Experiment> possible = new ArrayList<>();
        for (Experiment experiment : chosen) {
            if (experiment.jobs(study).isEmpty()) {
                progress.leftOut(experiment.name(), "none of its data sets is there");
            } else {
                possible.add(experiment);
            }
        }
        if (possible.isEmpty()) {
            throw new ReproductionException("no experiment asked for has its data sets: there are "
                    + String.join(", ", study.datasets()) + "; see 'miasma datasets'");
        }
        return possible;
    }

    private record Data(List<String> found, List<String> leftOut) {}

    /** A part of a data set will do, and is said to be one: the CIFAR sets are large, and a target needs a quarter. */
    private Data look(Path dataDir, ReproductionProgress progress) {
        Data data = new Data(new ArrayList<>(), new ArrayList<>());
        for (String name : Study.ALL) {
            DatasetFinding finding = finder.apply(DatasetCatalogue.find(name).orElseThrow(), dataDir);
            String words = DatasetStatus.State.valueOf(finding.state().name()).words();
            switch (finding.state()) {
                case FOUND -> data.found().add(name);
                case DIFFERENT -> {
                    data.found().add(name);
                    progress.differs(name, finding.detail());
                }
                case MISSING -> {
                    data.leftOut().add(name);
                    progress.leftOut(name, words);
                }
                case CORRUPT -> {
                    data.leftOut().add(name);
                    progress.leftOut(name, words + ": " + finding.detail());
                }
            }
        }
        if (data.found().isEmpty()) {
            throw new ReproductionException("no data set in " + dataDir + " can be used; at least one of "
                    + String.join(", ", Study.ALL) + " needed: 'miasma datasets fetch NAME --data-dir " + dataDir
                    + "' gets one");
        }
        return data;
    }

    private static void train(Workbench bench, Study study, List<Experiment> chosen, ReproductionProgress progress) {
        List<ModelJob> jobs = chosen.stream()
                .flatMap(one -> one.jobs(study).stream())
                .distinct()
                .toList();
        // The bench tells first what it has kept, then each model it trains, and nothing if it trains none.
        AtomicBoolean begun = new AtomicBoolean();
        bench.prepare(jobs, (done, of, what) -> {
            if (begun.getAndSet(true)) {
                progress.trained(done, of, what);
            } else {
                progress.training(done, of);
            }
        });
        if (!begun.get()) {
            progress.training(jobs.size(), jobs.size());
        }
    }

    /** Writes after each experiment: what is finished stays if a later one is stopped. */
    private ReproductionReport run(
            Workbench bench, List<Experiment> chosen, Path output, ResultHeader header, ReproductionProgress progress)
            throws IOException {
        ResultFolder folder = new ResultFolder(output);
        List<ExperimentResult> results = new ArrayList<>();
        for (Experiment experiment : chosen) {
            progress.running(results.size() + 1, chosen.size(), title(experiment));
            ExperimentResult result = experiment.run(bench, header.study());
            folder.write(result, header);
            folder.writeIndex(all.stream().map(Experiment::name).toList());
            results.add(result);
        }
        return report(results, header);
    }

    private static ReproductionReport report(List<ExperimentResult> results, ResultHeader header) {
        List<String> failed = new ArrayList<>();
        int checks = 0;
        for (ExperimentResult result : results) {
            checks += result.checks().size();
            for (Check check : result.checks()) {
                if (!check.holds()) {
                    failed.add(result.name() + ": " + check.claim() + " (" + check.seen() + ")");
                }
            }
        }
        String text = String.join("\n\n\n", results.stream().map(ResultText::of).toList());
        return new ReproductionReport(text, ResultJson.of(results, header), checks, failed);
    }

    private static ExperimentTitle title(Experiment experiment) {
        return new ExperimentTitle(experiment.name(), experiment.title());
    }

    /** The file system's own error, unless more was said than that. */
    private static IOException explained(UncheckedIOException e) {
        IOException cause = e.getCause();
        return cause != null && cause.toString().equals(e.getMessage()) ? cause : new IOException(e.getMessage(), e);
    }

    /** Loads what trains networks when it is first needed, and once, whichever thread asks. */
    private static final class Once implements Supplier<NetworkTrainer> {
        private final Supplier<NetworkTrainer> loader;
        private @Nullable NetworkTrainer loaded;

        Once(Supplier<NetworkTrainer> loader) {
            this.loader = loader;
        }

        @Override
        public synchronized NetworkTrainer get() {
            NetworkTrainer trainer = loaded;
            if (trainer == null) {
                trainer = loader.get();
                loaded = trainer;
            }
            return trainer;
        }
    }
}
