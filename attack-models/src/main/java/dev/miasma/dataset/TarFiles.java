// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads tar files, plain or compressed. */
final class TarFiles {

    private TarFiles() {}

    /** Sees the files of an archive, one by one. */
    @FunctionalInterface
    interface Visitor {

        /**
         * One file.
         *
         * @param name its path in the archive
         * @param content to be read before returning
         */
        void file(String name, InputStream content) throws IOException;
    }

    /**
     * Shows every file of an archive, and reads on to its end, where the checksum of the compression is.
     *
     * @throws IOException if it can't be read or decompressed
     */
    static void visit(Path archive, Visitor visitor) throws IOException {
        try (InputStream in = DataFiles.open(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    visitor.file(entry.getName(), tar);
                }
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Unpacks some files. Only files of these names are ever written, whatever the archive says.
     *
     * @param members paths of the files below {@code folder}; in the archive they may lie deeper
     * @throws IOException if the archive is broken or lacks one, naming it
     */
    static void unpack(Path archive, Path folder, List<String> members) throws IOException {
        Set<String> missing = new LinkedHashSet<>(members);
        try {
            visit(archive, (name, content) -> {
                for (String member : members) {
                    if ((name.equals(member) || name.endsWith("/" + member)) && missing.remove(member)) {
                        write(content, folder.resolve(member));
                    }
                }
            });
        } catch (IOException e) {
            throw DataFiles.broken(archive, "a tar.gz with " + members, DataFiles.reason(e));
        }
        if (!missing.isEmpty()) {
            throw DataFiles.broken(archive, "a tar.gz with " + members, "no " + String.join(", ", missing));
        }
    }

    /** Writes a file whole or not at all. */
    private static void write(InputStream content, Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
