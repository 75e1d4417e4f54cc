// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What tells a changed file of the models' folder from an unchanged one. */
record FileStamp(long size, FileTime modified) {
    static FileStamp of(Path file) {
        try {
            return new FileStamp(Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return new FileStamp(-1, FileTime.fromMillis(0));
        }
    }

    /** The files of a folder with an ending, by their names without it; hidden ones are left out. */
    static Map<String, Path> files(Path folder, String suffix) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            paths.forEach(path -> {
                String name = String.valueOf(path.getFileName());
                if (name.endsWith(suffix) && !name.startsWith(".")) {
                    files.put(name.substring(0, name.length() - suffix.length()), path);
                }
            });
        }
        return files;
    }
}
