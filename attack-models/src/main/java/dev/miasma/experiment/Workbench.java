// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.CatalogueEntry;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.DatasetCatalogue;
import dev.miasma.dataset.ImageShape;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.Split;
import dev.miasma.synthesis.Marginals;
import dev.miasma.synthesis.ModelBasedSynthesis;
import dev.miasma.synthesis.NoisyRecords;
import dev.miasma.synthesis.SynthesisOptions;
import dev.miasma.synthesis.SyntheticData;
import dev.miasma.target.TargetModel;
import dev.miasma.target.network.NetworkOptions;
import dev.miasma.target.network.NetworkTrainer;
import dev.miasma.training.NoiseThreshold;
import dev.miasma.training.Parallel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Trains the models of experiments, each on one thread, and keeps their answers in a folder: what is there already
 * isn't trained again. Thread-safe.
 */
public final class Workbench {

    private final Path dataDir;
    private final AnswerStore store;
    private final Supplier<NetworkTrainer> networks;
    private final int threads;
    private final Map<String, Dataset> datasets = new ConcurrentHashMap<>();
    private final Map<String, TargetModel> models = new ConcurrentHashMap<>();
    private final Map<String, SyntheticData> syntheses = new ConcurrentHashMap<>();
    private final Map<String, ModelAnswers> kept = new ConcurrentHashMap<>();

    /**
     * @param dataDir folder of the data sets, each in a folder of its name
     * @param folder for the answers; made if it isn't there
     * @param networks asked when the first network is trained
     * @param threads models trained at once; no result depends on it
     */
    public Workbench(Path dataDir, Path folder, Supplier<NetworkTrainer> networks, int threads) {
        this.dataDir = dataDir;
        this.store = new AnswerStore(folder);
        this.networks = networks;
        this.threads = threads;
    }

    /**
     * Puts records beside those of the catalogue.
     *
     * @param name of letters, digits and hyphens; answers are kept under it, so other records need another name
     */
    public void add(String name, Dataset dataset) {
        datasets.put(name, dataset);
    }

    /** Models trained at once. */
    public int threads() {
        return threads;
    }

    /** What trains networks. */
    public NetworkTrainer networks() {
        return networks.get();
    }

    /**
     * Trains what isn't there yet; the largest models first, so that no thread is left with one at the end.
     *
     * @throws UncheckedIOException naming the file, if a data set can't be read or answers can't be kept
     */
    public void prepare(Collection<ModelJob> jobs, Progress progress) {
        List<ModelJob> all = jobs.stream().distinct().toList();
        List<ModelJob> missing = all.stream()
                .filter(job -> !isKept(job))
                .sorted(Comparator.comparingLong(this::cost).reversed())
                .toList();
        AtomicInteger done = new AtomicInteger(all.size() - missing.size());
        if (missing.isEmpty()) {
            return;
        }
        progress.finished(done.get(), all.size(), "kept from before");
        Parallel.map(missing.size(), threads, i -> {
            train(missing.get(i));
            progress.finished(done.incrementAndGet(), all.size(), missing.get(i).key());
            return i;
        });
    }

    /** A model's answers, trained now if they aren't there. */
    public ModelAnswers answers(ModelJob job) {
        ModelAnswers known = kept.get(job.key());
        if (known == null) {
            if (!isKept(job)) {
                train(job);
            }
            known = store.read(job.key()).orElseThrow();
            kept.put(job.key(), known);
        }
        return known;
    }

    /** A target's answers to {@link NoiseThreshold#QUERIES} random queries. */
    public PosteriorSet answers(ModelJob target, RandomQueries queries) {
        answers(target);
        return store.readSet(randomKey(target, queries)).orElseThrow();
    }

    /** Records made by Algorithm 1 against a target, as many as a shadow's members and non-members. */
    public SyntheticData synthesis(ModelJob target) {
        return syntheses.computeIfAbsent(target.key(), key -> {
            TargetModel model = model(target);
            ModelBasedSynthesis synthesis = new ModelBasedSynthesis(
                    model::posterior, Marginals.of(pool(target).features()), SynthesisOptions.DEFAULT);
            int perClass = (2 * target.members() + model.classes() - 1) / model.classes();
            return synthesis.synthesise(
                    target.dataset() + ", model-based synthesis", model.classes(), perClass, target.seed());
        });
    }

    /** All records of a data set. */
    public Dataset dataset(String name) {
        return datasets.computeIfAbsent(name, any -> {
            try {
                return entry(name).read(dataDir);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private boolean isKept(ModelJob job) {
        return store.has(job.key())
                && (job.role() != ModelJob.Role.TARGET
                        || Arrays.stream(RandomQueries.values()).allMatch(q -> store.has(randomKey(job, q))));
    }

    private static String randomKey(ModelJob target, RandomQueries queries) {
        return target.key() + "-" + queries.id();
    }

    private long cost(ModelJob job) {
        long work = image(job).isPresent() ? 6_000_000 : width(job) * 128L;
        return work * job.members() * job.epochs();
    }

    private static Optional<ImageShape> image(ModelJob job) {
        return DatasetCatalogue.find(job.dataset()).flatMap(CatalogueEntry::image);
    }

    private int width(ModelJob job) {
        return DatasetCatalogue.find(job.dataset())
                .map(CatalogueEntry::features)
                .orElseGet(() -> dataset(job.dataset()).width());
    }

    private void train(ModelJob job) {
        Parts parts = parts(job);
        TargetModel model = job.role() == ModelJob.Role.TARGET ? model(job) : trained(job, parts.in());
        if (job.role() == ModelJob.Role.TARGET) {
            for (RandomQueries queries : RandomQueries.values()) {
                store.writeSet(
                        randomKey(job, queries), queries.ask(model, parts.out(), NoiseThreshold.QUERIES, job.seed()));
            }
        }
        store.write(job.key(), new ModelAnswers(model.answers(parts.in()), model.answers(parts.out())));
    }

    /** A target itself: synthesis asks it more than its answers tell. */
    private TargetModel model(ModelJob target) {
        return models.computeIfAbsent(
                target.key(), key -> trained(target, parts(target).in()));
    }

    private TargetModel trained(ModelJob job, Dataset in) {
        NetworkOptions options = NetworkOptions.PAPER.withEpochs(job.epochs());
        return job.defence()
                .trainer(options, chosen -> job.family().trainer(in, image(job), chosen, networks))
                .train(in, job.seed() + offset(job));
    }

    /** Every model of a study starts from other weights. */
    private static int offset(ModelJob job) {
        return switch (job.role()) {
            case TARGET -> 0;
            case SHADOW -> 1;
            case POOL, WHOLE -> 2 + job.index();
        };
    }

    private record Parts(Dataset in, Dataset out) {}

    private Parts parts(ModelJob job) {
        int n = job.members();
        if (job.role() == ModelJob.Role.POOL || job.role() == ModelJob.Role.WHOLE) {
            Dataset pool = job.role() == ModelJob.Role.POOL ? source(job) : dataset(job.dataset());
            // A shadow of its own draw of the pool: its seed differs from that of the split by more than any index.
            Split split = Split.of(pool, job.seed() * 1_000_003L + job.index() + 1, n, n);
            return new Parts(split.part(0), split.part(1));
        }
        Split quarters = Split.of(dataset(job.dataset()), job.seed(), n, n, n, n);
        int first = job.role() == ModelJob.Role.TARGET ? 0 : 2;
        return new Parts(quarters.part(first), quarters.part(first + 1));
    }

    /** All records that are neither the target's members nor its non-members. */
    private Dataset pool(ModelJob job) {
        Dataset all = dataset(job.dataset());
        int n = job.members();
        return Split.of(all, job.seed(), n, n, all.size() - 2 * n).part(2);
    }

    private Dataset source(ModelJob job) {
        Dataset pool = pool(job);
        return switch (job.data()) {
            case REAL -> pool;
            case NOISE_10 -> NoisyRecords.flip(pool, 0.1, job.seed());
            case NOISE_20 -> NoisyRecords.flip(pool, 0.2, job.seed());
            case MARGINALS -> marginals(job, pool);
            case SYNTHESIS -> synthesis(job.target()).data();
        };
    }

    private Dataset marginals(ModelJob job, Dataset pool) {
        TargetModel target = model(job.target());
        Marginals marginals = Marginals.of(pool.features());
        java.util.Random random = new java.util.Random(job.seed());
        double[][] records = new double[pool.size()][];
        int[] labels = new int[records.length];
        for (int i = 0; i < records.length; i++) {
            records[i] = marginals.record(random);
            labels[i] = highest(target.posterior(records[i]));
        }
        return new Dataset(pool.name() + ", marginals", records, labels, pool.classes(), true);
    }

    private static int highest(double[] posterior) {
        int best = 0;
        for (int c = 1; c < posterior.length; c++) {
            best = posterior[c] > posterior[best] ? c : best;
        }
        return best;
    }

    static CatalogueEntry entry(String dataset) {
        return DatasetCatalogue.find(dataset)
                .orElseThrow(() -> new IllegalArgumentException("data set is '" + dataset + "'; one of "
                        + DatasetCatalogue.all().stream()
                                .map(CatalogueEntry::name)
                                .toList()
                        + " needed"));
    }
}
