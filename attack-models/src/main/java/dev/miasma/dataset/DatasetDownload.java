// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file to be had at a public address.
 *
 * @param address where it is
 * @param file what it is called in the data set's folder
 * @param sha256 of the file as it comes, lower-case hex; absent where nobody published one
 * @param unpacking what makes the data set's files of it; absent if it is one of them
 */
public record DatasetDownload(URI address, String file, Optional<String> sha256, Optional<Unpacking> unpacking) {

    /** Makes the data set's files of a downloaded one. */
    @FunctionalInterface
    public interface Unpacking {

        /**
         * Unpacks.
         *
         * @param archive what was downloaded
         * @param folder takes the files
         * @throws IOException if the archive is broken, naming it, what was found and what was expected
         */
        void unpack(Path archive, Path folder) throws IOException;
    }

    /** A file that is used as it comes. */
    static DatasetDownload file(String address, String file, Optional<String> sha256) {
        return new DatasetDownload(URI.create(address), file, sha256, Optional.empty());
    }

    /** A tar.gz of which these members are used. */
    static DatasetDownload archive(String address, String file, Optional<String> sha256, String... members) {
        Unpacking unpacking = (archive, folder) -> TarFiles.unpack(archive, folder, List.of(members));
        return new DatasetDownload(URI.create(address), file, sha256, Optional.of(unpacking));
    }
}
