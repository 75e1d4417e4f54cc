// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.types.Password;

/** Parsed values by key, with the types that their definition gave them. */
final class Values {
    private final Map<String, Object> parsed;

    /** @param parsed a value for every key that is defined */
    Values(Map<String, Object> parsed) {
        this.parsed = parsed;
    }

    String string(String key) {
        return (String) value(key);
    }

    int integer(String key) {
        return (Integer) value(key);
    }

    long integer64(String key) {
        return (Long) value(key);
    }

    double real(String key) {
        return (Double) value(key);
    }

    boolean flag(String key) {
        return (Boolean) value(key);
    }

    String password(String key) {
        return ((Password) value(key)).value();
    }

    @SuppressWarnings("unchecked")
    List<String> list(String key) {
        return (List<String>) value(key);
    }

    /**
     * A path.
     *
     * @param key that names it
     * @throws ConfigException if the file system takes no such name
     */
    static Path path(String key, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ConfigException(key + ": '" + name + "' is no path (" + e.getReason() + ")");
        }
    }

    /**
     * The content of a file with a secret.
     *
     * @param key that names the file
     * @throws ConfigException if it cannot be read or is empty
     */
    static byte[] secret(String key, String file) {
        try {
            String secret = Files.readString(path(key, file)).strip();
            if (secret.isEmpty()) {
                throw new ConfigException(key + ": '" + file + "' is empty");
            }
            return secret.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException(
                    key + ": cannot read '" + file + "' (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Whether users who are neither the owner nor of its group may read a file; false where the system cannot tell. */
    static boolean isReadableByAll(String file) {
        try {
            return !file.isEmpty()
                    && Files.getPosixFilePermissions(Path.of(file)).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException | InvalidPathException e) {
            return false;
        }
    }

    private Object value(String key) {
        return Objects.requireNonNull(parsed.get(key), key);
    }
}
