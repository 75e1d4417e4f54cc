// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The patterns of .dockerignore: the last that fits a path or a folder above it decides. Only * alone stands for others. */
final class DockerIgnore {
    private final List<String> patterns;

    DockerIgnore() throws IOException {
        patterns = Files.readAllLines(Repository.file(".dockerignore")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    boolean keepsOut(String path) {
        boolean out = false;
        for (String pattern : patterns) {
            boolean exception = pattern.startsWith("!");
            String name = (exception ? pattern.substring(1) : pattern).replaceAll("/$", "");
            String plain = path.replaceAll("/$", "");
            if (name.equals("*") || plain.equals(name) || plain.startsWith(name + "/")) {
                out = !exception;
            }
        }
        return out;
    }
}
