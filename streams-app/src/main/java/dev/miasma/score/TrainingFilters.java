// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.config.IdentitySettings;
import dev.miasma.config.ModelNames;
import dev.miasma.decode.RecordHash;
import dev.miasma.measure.Measures;
import dev.miasma.measure.NoMeasures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training-set filters of the models' folder: {@code <endpoint>@<version>.training}, else {@code <endpoint>.training},
 * else {@code default.training}, named as {@link AttackModels} are. There need not be any.
 *
 * <p>{@link #refresh} picks up files that changed; a broken one leaves the filter before it in force. Resolving is
 * thread-safe, refreshing is for one thread.
 */
public final class TrainingFilters {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingFilters.class);

    private final Path folder;
    private final long keyCheck;
    private final Measures measures;
    private final Map<String, FileStamp> seen = new HashMap<>();
    private volatile Map<String, TrainingFilter> inForce = Map.of();

    private TrainingFilters(Path folder, long keyCheck, Measures measures) {
        this.folder = folder;
        this.keyCheck = keyCheck;
        this.measures = measures;
    }

    /**
     * Loads the folder.
     *
     * @param folder with the filters; it may be missing
     * @param identity the key that the filters must have been made with
     * @param measures told of every load
     * @throws TrainingFilterException in one sentence, if a file is broken
     */
    public static TrainingFilters load(Path folder, IdentitySettings identity, Measures measures) {
        var filters = new TrainingFilters(folder, RecordHash.check(identity), measures);
        String broken = filters.reload();
        if (!broken.isEmpty()) {
            throw new TrainingFilterException("broken training-set filter: " + broken);
        }
        return filters;
    }

    /** One filter for every endpoint, from no file. */
    public static TrainingFilters of(TrainingFilter filter, Measures measures) {
        var filters = new TrainingFilters(Path.of(""), 0, measures);
        filters.inForce = Map.of(ModelNames.DEFAULT, filter);
        return filters;
    }

    /** No filters at all, now or later. */
    public static TrainingFilters none() {
        return new TrainingFilters(Path.of(""), 0, new NoMeasures());
    }

    /** Looks for changed files; a broken one is logged and counted and leaves the filter before it in force. */
    public void refresh() {
        String broken = reload();
        if (!broken.isEmpty()) {
            LOG.warn("broken training-set filter, the one before stays in force: {}", broken);
        }
    }

    /** The filter for the queries of an endpoint's version, or null with none. */
    public @Nullable TrainingFilter resolve(String endpoint, String version) {
        Map<String, TrainingFilter> filters = inForce;
        if (filters.isEmpty()) {
            return null;
        }
        TrainingFilter exact = filters.get(ModelNames.of(endpoint, version));
        if (exact != null) {
            return exact;
        }
        TrainingFilter ofEndpoint = filters.get(ModelNames.of(endpoint));
        return ofEndpoint == null ? filters.get(ModelNames.DEFAULT) : ofEndpoint;
    }

    private String reload() {
        if (folder.toString().isEmpty()) {
            return "";
        }
        Map<String, Path> files;
        try {
            files = inForce.isEmpty() && !Files.isDirectory(folder)
                    ? Map.of()
                    : FileStamp.files(folder, ModelNames.TRAINING_SUFFIX);
        } catch (IOException e) {
            return "cannot list '" + folder + "': " + e;
        }
        Map<String, TrainingFilter> next = new TreeMap<>();
        StringBuilder broken = new StringBuilder();
        files.forEach((name, file) -> {
            FileStamp stamp = FileStamp.of(file);
            TrainingFilter filter = inForce.get(name);
            if (!stamp.equals(seen.put(name, stamp))) {
                filter = read(name, file, broken, filter);
            }
            if (filter != null) {
                next.put(name, filter);
            }
        });
        seen.keySet().retainAll(files.keySet());
        inForce = Map.copyOf(next);
        return broken.toString();
    }

    private @Nullable TrainingFilter read(
            String name, Path file, StringBuilder broken, @Nullable TrainingFilter before) {
        try {
            TrainingFilter filter = TrainingFilterFile.read(file, keyCheck);
            measures.trainingFilterLoaded(true);
            LOG.info(
                    "training-set filter in force for '{}': {} records, false-positive rate {}",
                    name,
                    filter.count(),
                    filter.falsePositiveRate());
            return filter;
        } catch (TrainingFilterException e) {
            broken.append(broken.isEmpty() ? "" : "; ").append(e.getMessage());
        } catch (IOException e) {
            broken.append(broken.isEmpty() ? "" : "; ").append("'" + file + "' cannot be read (" + e + ")");
        }
        measures.trainingFilterLoaded(false);
        return before;
    }
}
