// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorCsv;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import dev.miasma.posterior.InvalidPosteriorException;
import dev.miasma.posterior.Posteriors;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/**
 * Reads files of answers in the formats that people have them in, told apart by the end of the name:
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>name</th><th>content</th></tr>
 * <tr><td>.jsonl, .ndjson, each also with .gz</td><td>one object a line: "posterior", and optionally "label" and
 * "member"</td></tr>
 * <tr><td>.npz</td><td>NumPy arrays "posteriors" (records x classes), and optionally "labels" and "members"</td></tr>
 * <tr><td>.npy</td><td>one NumPy array, records x classes</td></tr>
 * <tr><td>any other</td><td>CSV, see {@link PosteriorCsv}</td></tr>
 * </table>
 */
public final class AnswerFiles {

    static final int MOST_CLASSES = 100_000;

    private AnswerFiles() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it can't be read or a value is wrong, naming file, row and column, what was found and what
     *     is needed
     */
    public static PosteriorTable read(Path path) throws IOException {
        try {
            return readByName(path);
        } catch (ZipException | EOFException e) {
            // They know nothing of the file.
            throw new IOException(path + " is damaged or not compressed as its name says: " + e.getMessage(), e);
        }
    }

    private static PosteriorTable readByName(Path path) throws IOException {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".npz")) {
            return NumpyAnswers.npz(path);
        }
        if (name.endsWith(".npy")) {
            return NumpyAnswers.npy(path);
        }
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
            return JsonLines.read(path, name.endsWith(".gz"));
        }
        return PosteriorCsv.read(path);
    }

    /** All rows of a file that has members only, or its members if a column says who they are. */
    public static PosteriorSet members(Path path) throws IOException {
        PosteriorTable table = read(path);
        return table.membership().isPresent() ? table.members() : table.all();
    }

    /** All rows of a file that has non-members only, or its non-members if a column says who they are. */
    public static PosteriorSet nonMembers(Path path) throws IOException {
        PosteriorTable table = read(path);
        return table.membership().isPresent() ? table.nonMembers() : table.all();
    }

    /** Refuses a posterior, saying where it stands. */
    static void requireValid(Path path, String row, double[] posterior) throws IOException {
        try {
            Posteriors.requireValid(posterior, posterior.length, PosteriorCsv.SUM_TOLERANCE, MOST_CLASSES);
        } catch (InvalidPosteriorException e) {
            throw new IOException(path + ", " + row + ": " + e.getMessage(), e);
        }
    }

    /** Refuses a label, saying where it stands. */
    static int requireLabel(Path path, String row, double label, int classes) throws IOException {
        if (!(label >= 0 && label < classes) || label != Math.rint(label)) {
            throw new IOException(
                    path + ", " + row + ", label is " + label + "; an integer from 0 to " + (classes - 1) + " needed");
        }
        return (int) label;
    }
}
