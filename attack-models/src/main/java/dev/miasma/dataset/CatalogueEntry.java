// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import dev.miasma.dataset.DatasetFinding.State;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * A data set of the papers, and where it comes from.
 *
 * @param name of the data set and of its folder
 * @param title for people to read
 * @param records as published
 * @param features as published
 * @param classes number of classes
 * @param sizes training records of a target in the papers
 * @param source who made it
 * @param licence terms of use, and whether it may be passed on
 * @param downloads where it is to be had
 * @param files its files, with the SHA-256 of their unpacked content where that is known
 * @param loader reads it in its usual form
 */
public record CatalogueEntry(
        String name,
        String title,
        int records,
        int features,
        int classes,
        String sizes,
        String source,
        String licence,
        List<DatasetDownload> downloads,
        Map<String, Optional<String>> files,
        Loader loader) {

    /** Reads a data set from the folder of all data sets. */
    @FunctionalInterface
    public interface Loader {

        /** Reads all records. */
        Dataset read(Path dataDir) throws IOException;
    }

    public CatalogueEntry {
        downloads = List.copyOf(downloads);
        files = Map.copyOf(files);
    }

    /** What its records look like, if they are images. */
    public Optional<ImageShape> image() {
        return switch (name) {
            case "mnist" -> Optional.of(new ImageShape(1, 28, 28));
            case "lfw" -> Optional.of(new ImageShape(1, FaceDataset.HEIGHT, FaceDataset.WIDTH));
            case "cifar10", "cifar100" -> Optional.of(new ImageShape(3, 32, 32));
            default -> Optional.empty();
        };
    }

    /** The folder of its files. */
    public Path folder(Path dataDir) {
        return dataDir.resolve(name);
    }

    /**
     * Reads all of its records, the published parts joined, in its usual form.
     *
     * @param dataDir the folder of all data sets
     * @throws IOException if a file is missing or broken, naming it, what was found and what was expected
     */
    public Dataset read(Path dataDir) throws IOException {
        return loader.read(dataDir);
    }

    /**
     * Looks for it: compares its files with what was published or, where that isn't known, reads them.
     *
     * @param dataDir the folder of all data sets
     */
    public DatasetFinding look(Path dataDir) {
        try {
            if (isAsPublished(dataDir)) {
                return new DatasetFinding(State.FOUND, "as published");
            }
            int found = read(dataDir).size();
            if (found != records) {
                return new DatasetFinding(
                        State.DIFFERENT, String.format(Locale.ROOT, "%,d of %,d records", found, records));
            }
            return files.values().stream().allMatch(Optional::isPresent)
                    ? new DatasetFinding(State.DIFFERENT, "all records, but other content than published")
                    : new DatasetFinding(State.FOUND, "all records");
        } catch (NoSuchFileException e) {
            return new DatasetFinding(State.MISSING, DataFiles.reason(e));
        } catch (IOException e) {
            return new DatasetFinding(State.CORRUPT, DataFiles.reason(e));
        }
    }

    private boolean isAsPublished(Path dataDir) throws IOException {
        for (Map.Entry<String, Optional<String>> file : files.entrySet()) {
            Optional<Path> path = DataFiles.find(folder(dataDir), file.getKey());
            if (path.isEmpty() || file.getValue().isEmpty()) {
                return false;
            }
            try {
                if (!DataFiles.sha256(path.get()).equals(file.getValue().get())) {
                    return false;
                }
            } catch (ZipException | EOFException e) {
                return false;
            }
        }
        return true;
    }
}
