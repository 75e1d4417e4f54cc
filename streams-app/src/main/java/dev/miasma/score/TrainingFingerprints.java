// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.config.IdentitySettings;
import dev.miasma.decode.RecordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Turns the records of a training set into a filter file, and into a file of quantiles where that is wanted. */
public final class TrainingFingerprints {
    private final Request request;
    private final RecordHash hash;
    private final LongConsumer progress;
    private final QuantileSample sample = new QuantileSample();
    private long[] hashes = new long[1024];
    private int count;
    private int width = -1;

    /**
     * What to read and write.
     *
     * @param records file of the records
     * @param jsonLines whether it has JSON lines and not CSV
     * @param label column of a CSV file that is no feature
     * @param named whether events have the features of a CSV row by the header's names and not as an array
     * @param output filter file to write
     * @param quantiles file of the features' quantiles to write
     * @param falsePositiveRate stated rate
     */
    public record Request(
            Path records,
            boolean jsonLines,
            Optional<String> label,
            boolean named,
            Path output,
            Optional<Path> quantiles,
            double falsePositiveRate) {}

    /**
     * What was done.
     *
     * @param records records read
     * @param distinct of them different ones
     * @param bytes size of the filter file
     */
    public record Result(long records, long distinct, long bytes) {}

    private TrainingFingerprints(Request request, IdentitySettings identity, LongConsumer progress) {
        this.request = request;
        this.progress = progress;
        hash = new RecordHash(identity);
    }

    /**
     * Reads, hashes and writes.
     *
     * @param request what to read and write
     * @param identity the key of the monitor that is to use the filter
     * @param progress told of the number of records read, after each
     * @throws TrainingFilterException naming the file, the row and what is wrong with it
     * @throws IOException if a file cannot be read or written
     */
    public static Result make(Request request, IdentitySettings identity, LongConsumer progress) throws IOException {
        return new TrainingFingerprints(request, identity, progress).make();
    }

    private Result make() throws IOException {
        TrainingRecords records = request.jsonLines
                ? new JsonLineRecords(request.records)
                : new CsvRecords(request.records, request.label, request.named);
        records.each(this::take);
        if (count == 0) {
            throw new TrainingFilterException(request.records, "has no records");
        }
        TrainingFilter filter;
        try {
            filter = TrainingFilter.of(Arrays.copyOf(hashes, count), request.falsePositiveRate, hash.check());
        } catch (IllegalArgumentException e) {
            throw new TrainingFilterException(String.valueOf(e.getMessage()));
        }
        if (request.quantiles.isPresent()) {
            sample.quantiles().write(withFolder(request.quantiles.get()));
        }
        TrainingFilterFile.write(filter, withFolder(request.output));
        return new Result(count, filter.count(), Files.size(request.output));
    }

    private void take(long line, byte[] features) {
        String where = (request.jsonLines ? "line " : "row ") + line;
        if (count == hashes.length) {
            if (count >= TrainingFilter.MAX_RECORDS) {
                throw new TrainingFilterException(
                        request.records, "has more than " + TrainingFilter.MAX_RECORDS + " records");
            }
            hashes = Arrays.copyOf(hashes, (int) Math.min(TrainingFilter.MAX_RECORDS, 2L * count));
        }
        try {
            hashes[count++] = hash.of(features);
        } catch (IllegalArgumentException e) {
            throw new TrainingFilterException(request.records, where + " cannot be used: " + e.getMessage());
        }
        if (hash.isArray()) {
            if (width < 0) {
                width = hash.count();
            }
            if (hash.count() != width) {
                throw new TrainingFilterException(
                        request.records, where + " has " + hash.count() + " features: the first has " + width);
            }
        }
        if (hash.count() == 0) {
            throw new TrainingFilterException(request.records, where + " has no features");
        }
        if (request.quantiles.isPresent()) {
            if (!hash.isArray()) {
                throw new TrainingFilterException(
                        request.records, where + " has named features: --quantiles is for arrays of numbers");
            }
            sample.add(hash.numbers());
        }
        progress.accept(count);
    }

    private static Path withFolder(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        return file;
    }
}
