// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.dataset.PosteriorCsv;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Answers of trained models in a folder, one compressed CSV file a model, so that a long run goes on where it was
 * stopped. The files have the columns that {@code miasma audit} reads. A file is there whole or not at all.
 */
final class AnswerStore {

    private static final String SUFFIX = ".csv.gz";

    private final Path folder;

    AnswerStore(Path folder) {
        this.folder = folder;
    }

    boolean has(String key) {
        return Files.exists(file(key));
    }

    /**
     * What is kept of a model.
     *
     * @throws UncheckedIOException naming the file, if it can't be read
     */
    Optional<ModelAnswers> read(String key) {
        return table(key).map(table -> new ModelAnswers(table.members(), table.nonMembers()));
    }

    /** Answers without members and non-members: to random queries. */
    Optional<PosteriorSet> readSet(String key) {
        return table(key).map(PosteriorTable::all);
    }

    void write(String key, ModelAnswers answers) {
        write(key, writer -> {
            header(writer, "member,label", answers.in().classes());
            rows(writer, "1,", answers.in());
            rows(writer, "0,", answers.out());
        });
    }

    void writeSet(String key, PosteriorSet answers) {
        write(key, writer -> {
            header(writer, "label", answers.classes());
            rows(writer, "", answers);
        });
    }

    private Optional<PosteriorTable> table(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PosteriorCsv.read(file(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String key) {
        return folder.resolve(key + SUFFIX);
    }

    private interface Body {
        void write(BufferedWriter writer) throws IOException;
    }

    private void write(String key, Body body) {
        try {
            Files.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, key, ".part");
            try (BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(unfinished)), StandardCharsets.US_ASCII))) {
                body.write(writer);
            }
            Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep answers in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void header(BufferedWriter writer, String first, int classes) throws IOException {
        writer.write(first);
        for (int c = 0; c < classes; c++) {
            writer.write(",p" + c);
        }
        writer.write('\n');
    }

    /** Numbers in full: what is read back equals what was written. */
    private static void rows(BufferedWriter writer, String member, PosteriorSet set) throws IOException {
        for (int i = 0; i < set.size(); i++) {
            writer.write(member);
            if (set.labels()[i] >= 0) {
                writer.write(Integer.toString(set.labels()[i]));
            }
            for (double p : set.posteriors()[i]) {
                writer.write(',');
                writer.write(Double.toString(p));
            }
            writer.write('\n');
        }
    }
}
