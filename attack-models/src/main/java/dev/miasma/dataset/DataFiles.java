// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Files of data sets, plain or compressed by gzip: "x" may lie there as "x.gz" as well. */
public final class DataFiles {

    private static final int BUFFER = 64 << 10;
    private static final String GZ = ".gz";

    private DataFiles() {}

    /** The file or, if it isn't there, its compressed form. */
    public static Optional<Path> find(Path folder, String name) {
        Path plain = folder.resolve(name);
        Path compressed = folder.resolve(name + GZ);
        return Files.isRegularFile(plain)
                ? Optional.of(plain)
                : Optional.of(compressed).filter(Files::isRegularFile);
    }

    /**
     * The file or its compressed form.
     *
     * @throws NoSuchFileException if neither is there
     */
    static Path require(Path folder, String name) throws NoSuchFileException {
        return find(folder, name)
                .orElseThrow(() -> new NoSuchFileException(
                        folder.resolve(name).toString(), null, "not there, nor with " + GZ + " at its end"));
    }

    /** Opens a file, decompressing it if its name ends in ".gz" or ".tgz". */
    static InputStream open(Path path) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        String name = path.toString();
        if (!name.endsWith(GZ) && !name.endsWith(".tgz")) {
            return in;
        }
        try {
            return new GZIPInputStream(in, BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * The whole content, decompressed.
     *
     * @param mostBytes never more than these, and one, so that a wrong file doesn't fill the memory
     * @param expected what the file should be, for the message
     * @throws IOException if the file can't be read or decompressed, naming it and what was expected
     */
    static byte[] bytes(Path path, int mostBytes, String expected) throws IOException {
        try (InputStream in = open(path)) {
            return in.readNBytes(mostBytes + 1);
        } catch (IOException e) {
            throw broken(path, expected, reason(e));
        }
    }

    /** SHA-256 of the decompressed content, in lower-case hex. */
    public static String sha256(Path path) throws IOException {
        return sha256(open(path));
    }

    /** SHA-256 of the file itself, compressed or not, in lower-case hex. */
    public static String sha256AsIs(Path path) throws IOException {
        return sha256(Files.newInputStream(path));
    }

    private static String sha256(InputStream content) throws IOException {
        try (DigestInputStream in = new DigestInputStream(content, digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    /** A file that isn't what it should be. */
    static IOException broken(Path path, String expected, String found) {
        return new IOException(path + " isn't whole or isn't the data set: " + expected + " expected, found " + found);
    }

    /** The reason of a failed read, for a message that names the file itself. */
    static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
