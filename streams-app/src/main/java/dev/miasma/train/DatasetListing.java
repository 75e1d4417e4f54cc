// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.dataset.CatalogueEntry;
import dev.miasma.dataset.DatasetCatalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data sets there are. */
public final class DatasetListing {
    private DatasetListing() {}

    /** Names of all data sets. */
    public static List<String> names() {
        return DatasetCatalogue.all().stream().map(CatalogueEntry::name).toList();
    }

    /**
     * All data sets.
     *
     * @param dataDir folder to look for them in, each in a folder of its name; their files are read, which takes some
     *     seconds. Absent: nobody looks
     */
    public static List<DatasetStatus> list(Optional<Path> dataDir) {
        return DatasetCatalogue.all().stream()
                .map(entry -> DatasetStatus.of(entry, dataDir.map(entry::look)))
                .toList();
    }
}
