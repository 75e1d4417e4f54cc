// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.dataset.CatalogueEntry;
import dev.miasma.dataset.DataFiles;
import dev.miasma.dataset.DatasetCatalogue;
import dev.miasma.dataset.DatasetDownload;
import dev.miasma.dataset.DatasetFinding;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Downloads a data set from its public address, checks and unpacks it. A download that broke off goes on where it was:
 * what has arrived is in a file that ends in ".part".
 */
public final class DatasetFetch {
    private final CatalogueEntry entry;
    private final Path folder;
    private final Path dataDir;
    private final Optional<URI> mirror;
    private final FetchProgress progress;

    DatasetFetch(CatalogueEntry entry, Path dataDir, Optional<URI> mirror, FetchProgress progress) {
        this.entry = entry;
        this.dataDir = dataDir;
        this.mirror = mirror;
        this.progress = progress;
        folder = entry.folder(dataDir);
    }

    /**
     * Downloads a data set, unless it is there.
     *
     * @param name one of {@link DatasetListing#names()}
     * @param dataDir the folder of all data sets; made if it isn't there
     * @param mirror a folder of the web that has the files, instead of the public addresses
     * @throws IOException in one line, if it can't be had or isn't what was published
     */
    public static DatasetStatus fetch(String name, Path dataDir, Optional<URI> mirror, FetchProgress progress)
            throws IOException, InterruptedException {
        CatalogueEntry entry = DatasetCatalogue.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "data set is " + name + "; one of " + String.join(", ", DatasetListing.names()) + " needed"));
        return new DatasetFetch(entry, dataDir, mirror, progress).run();
    }

    DatasetStatus run() throws IOException, InterruptedException {
        DatasetFinding finding = entry.look(dataDir);
        if (finding.state() != DatasetFinding.State.FOUND) {
            Files.createDirectories(folder);
            for (DatasetDownload download : entry.downloads()) {
                fetch(download);
            }
            finding = entry.look(dataDir);
        }
        if (finding.state() != DatasetFinding.State.FOUND) {
            throw new IOException(entry.title() + " was fetched into " + folder + ", but isn't what was published: "
                    + finding.detail());
        }
        return DatasetStatus.of(entry, Optional.of(finding));
    }

    private void fetch(DatasetDownload download) throws IOException, InterruptedException {
        Path file = folder.resolve(download.file());
        if (!isThere(download, file)) {
            Path part = folder.resolve(download.file() + ".part");
            URI address = mirror.map(folderAddress -> below(folderAddress, download.file()))
                    .orElse(download.address());
            new Download(address, part, download.file(), progress).run();
            if (download.sha256().isPresent()) {
                requireHash(address, part, download.sha256().get());
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
        if (download.unpacking().isPresent()) {
            download.unpacking().get().unpack(file, folder);
            Files.delete(file);
        }
    }

    private static boolean isThere(DatasetDownload download, Path file) throws IOException {
        return download.sha256().isPresent()
                && Files.exists(file)
                && DataFiles.sha256AsIs(file).equals(download.sha256().get());
    }

    private static void requireHash(URI address, Path part, String expected) throws IOException {
        String found = DataFiles.sha256AsIs(part);
        if (!found.equals(expected)) {
            // Kept, it would be taken as the beginning of the right file.
            Files.delete(part);
            throw new IOException(address + " has SHA-256 " + found + "; " + expected + " expected, so it was deleted");
        }
    }

    private static URI below(URI folder, String file) {
        String address = folder.toString();
        return URI.create(address + (address.endsWith("/") ? "" : "/") + file);
    }
}
