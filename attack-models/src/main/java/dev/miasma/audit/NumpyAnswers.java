// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;
import dev.miasma.dataset.PosteriorTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Answers in NumPy's files: one array of posteriors, or an archive of "posteriors", "labels" and "members". */
final class NumpyAnswers {

    /** The largest array read, unpacked: a small archive can hold a huge one. */
    private static final int MOST_BYTES = 1 << 30;

    private NumpyAnswers() {}

    static PosteriorTable npy(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return table(path, Map.of("posteriors", array(path.toString(), in)));
        }
    }

    static PosteriorTable npz(Path path) throws IOException {
        Map<String, NumpyArray> arrays = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            for (@Nullable ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                switch (name) {
                    case "posteriors.npy", "labels.npy", "members.npy" -> {
                        String key = name.substring(0, name.length() - 4);
                        if (arrays.put(key, array(path + ", " + key, zip)) != null) {
                            throw new IOException(path + " holds " + key + " twice; once needed");
                        }
                    }
                    default ->
                        throw new IOException(
                                path + " holds '" + name + "'; arrays named posteriors, labels and members are known");
                }
            }
        }
        return table(path, arrays);
    }

    private static NumpyArray array(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException(name + " is over " + MOST_BYTES + " bytes; at most that allowed");
        }
        return NumpyArray.read(name, bytes);
    }

    private static PosteriorTable table(Path path, Map<String, NumpyArray> arrays) throws IOException {
        @Nullable NumpyArray posteriors = arrays.get("posteriors");
        if (posteriors == null) {
            throw new IOException(path + " holds no array 'posteriors'; one of records x classes needed");
        }
        if (posteriors.shape().length != 2
                || posteriors.shape()[0] == 0
                || posteriors.shape()[1] == 0) {
            throw new IOException(path + ", posteriors are of shape " + Arrays.toString(posteriors.shape())
                    + "; records x classes, at least 1 each, needed");
        }
        int rows = posteriors.shape()[0];
        int classes = posteriors.shape()[1];
        double[][] split = new double[rows][];
        for (int i = 0; i < rows; i++) {
            split[i] = Arrays.copyOfRange(posteriors.values(), i * classes, (i + 1) * classes);
            AnswerFiles.requireValid(path, row(i), split[i]);
        }
        @Nullable NumpyArray labels = arrays.get("labels");
        @Nullable NumpyArray members = arrays.get("members");
        return new PosteriorTable(
                labels == null
                        ? PosteriorSet.unlabelled(split)
                        : new PosteriorSet(split, labels(path, column(path, "labels", labels, rows), classes)),
                members == null ? Optional.empty() : Optional.of(flags(path, column(path, "members", members, rows))));
    }

    private static int[] labels(Path path, double[] values, int classes) throws IOException {
        int[] labels = new int[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = AnswerFiles.requireLabel(path, row(i), values[i], classes);
        }
        return labels;
    }

    private static boolean[] flags(Path path, double[] values) throws IOException {
        boolean[] flags = new boolean[values.length];
        for (int i = 0; i < flags.length; i++) {
            if (values[i] != 0 && values[i] != 1) {
                throw new IOException(path + ", " + row(i) + ", member is " + values[i] + "; 1 or 0 needed");
            }
            flags[i] = values[i] == 1;
        }
        return flags;
    }

    private static double[] column(Path path, String name, NumpyArray array, int rows) throws IOException {
        if (array.values().length != rows || array.shape()[0] != rows) {
            throw new IOException(path + ", " + name + " are of shape " + Arrays.toString(array.shape()) + "; (" + rows
                    + "), one a posterior, needed");
        }
        return array.values();
    }

    private static String row(int index) {
        return "row " + (index + 1);
    }
}
