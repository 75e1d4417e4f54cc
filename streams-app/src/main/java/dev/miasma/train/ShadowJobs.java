// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.dataset.CsvDataset;
import dev.miasma.dataset.Dataset;
import dev.miasma.dataset.DatasetCatalogue;
import dev.miasma.experiment.ModelFamily;
import dev.miasma.experiment.ModelJob;
import dev.miasma.experiment.ShadowData;
import dev.miasma.experiment.Study;
import dev.miasma.experiment.Workbench;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The shadow models of a request.
 *
 * @param jobs one a shadow
 * @param classes that they tell apart
 * @param notes what somebody who uses the attack should know of the data
 */
record ShadowJobs(List<ModelJob> jobs, int classes, List<String> notes) {
    /** As many as Shokri et al. give the targets of their largest sets. */
    private static final int MOST_RECORDS = 10_000;

    private static final int EPOCHS = 50;
    private static final int HASH_DIGITS = 16;

    /**
     * Chooses the shadows' records. Of a data set of the papers they take what the experiments keep from their target;
     * of an operator's own file, everything.
     */
    static ShadowJobs of(ShadowRequest request, long seed, Workbench bench) throws IOException {
        ModelFamily family = ModelFamily.from(request.family());
        return DatasetCatalogue.find(request.data()).isPresent()
                ? ofCatalogue(request, family, seed, bench)
                : ofFile(request, family, seed, bench);
    }

    private static ShadowJobs ofCatalogue(ShadowRequest request, ModelFamily family, long seed, Workbench bench) {
        String name = request.data();
        if (request.dataDir().isEmpty()) {
            throw new TrainingException("--data is " + name + ", a data set of the papers; --data-dir, the folder of"
                    + " all data sets, needed");
        }
        Dataset dataset = bench.dataset(name);
        Study study = new Study(List.of(name), false, seed);
        boolean known = Study.ALL.contains(name);
        int records =
                records(request, known ? study.members(name) : Math.min(MOST_RECORDS, dataset.size() / 4), 4, dataset);
        int epochs = request.epochs().orElse(known ? study.epochs(name) : EPOCHS);
        ModelJob target = ModelJob.target(name, family, epochs, records, seed);
        List<ModelJob> jobs = request.shadows() == 1
                ? List.of(target.shadow())
                : each(request, shadow -> target.pool(shadow, ShadowData.REAL));
        return new ShadowJobs(jobs, dataset.classes(), List.of());
    }

    private static ShadowJobs ofFile(ShadowRequest request, ModelFamily family, long seed, Workbench bench)
            throws IOException {
        Path file = Path.of(request.data());
        if (!Files.isRegularFile(file)) {
            throw new TrainingException(
                    "--data is '" + request.data() + "'; a CSV file or one of " + DatasetListing.names() + " needed");
        }
        Dataset dataset = CsvDataset.read(file, request.label());
        String name = "csv-" + hash(file, request.label());
        bench.add(name, dataset);
        int records = records(request, Math.min(MOST_RECORDS, dataset.size() / 2), 2, dataset);
        int epochs = request.epochs().orElse(EPOCHS);
        return new ShadowJobs(
                each(request, shadow -> ModelJob.whole(name, family, epochs, records, shadow, seed)),
                dataset.classes(),
                List.of("The shadows take all of " + request.data() + " for data that the watched model was not trained"
                        + " on."));
    }

    private static List<ModelJob> each(ShadowRequest request, IntFunction<ModelJob> job) {
        return IntStream.range(0, request.shadows()).mapToObj(job).toList();
    }

    /** Records of one shadow, where the data set has to hold a number of times as many. */
    private static int records(ShadowRequest request, int usual, int times, Dataset dataset) {
        int records = request.records().orElse(usual);
        if (records < 1 || (long) times * records > dataset.size()) {
            throw new TrainingException("--records is " + records + "; 1 to " + dataset.size() / times
                    + " needed, " + (times == 2 ? "half" : "a quarter") + " of the " + dataset.size() + " records of "
                    + request.data());
        }
        return records;
    }

    /** Names the content, so that answers kept from a file that has changed since are not taken for this one's. */
    private static String hash(Path file, String label) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        digest.update(label.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
    }
}
