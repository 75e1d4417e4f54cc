// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The file of a {@link TrainingFilter}, big-endian: 8 bytes {@code MIASMATF}, the version as an int, the key check, the
 * number of records, the false-positive rate as a double, then Guava's Bloom filter (a byte for its hashing, one for the
 * number of hashes, an int for the number of words, the words), then the SHA-256 of all that.
 */
public final class TrainingFilterFile {
    private static final byte[] MAGIC = "MIASMATF".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int HEADER = 8 + Integer.BYTES + 3 * Long.BYTES;
    private static final int BLOOM_HEADER = 2 + Integer.BYTES;
    private static final int CHECKSUM = 32;
    static final long MAX_BYTES = 1L << 30;

    private TrainingFilterFile() {}

    /**
     * Writes a filter: all of it or nothing, since the monitor may be looking.
     *
     * @throws IOException if that fails
     */
    public static void write(TrainingFilter filter, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, ".training", ".part");
        try {
            MessageDigest digest = sha256();
            try (var raw = new BufferedOutputStream(Files.newOutputStream(part))) {
                var out = new DataOutputStream(new DigestOutputStream(raw, digest));
                out.write(MAGIC);
                out.writeInt(VERSION);
                out.writeLong(filter.keyCheck());
                out.writeLong(filter.count());
                out.writeDouble(filter.falsePositiveRate());
                filter.records().writeTo(out);
                out.flush();
                raw.write(digest.digest());
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Reads a filter.
     *
     * @param file to read
     * @param keyCheck of the key in use, {@link dev.miasma.decode.RecordHash#check(dev.miasma.config.IdentitySettings)}
     * @throws TrainingFilterException naming the file and what is wrong: no filter, of a newer version, corrupt, cut off,
     *     too large, or made with another key
     * @throws IOException if it cannot be read
     */
    public static TrainingFilter read(Path file, long keyCheck) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new TrainingFilterException(file, "has more than " + MAX_BYTES + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < MAGIC.length + Integer.BYTES
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new TrainingFilterException(file, "is no training-set filter");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int version = in.getInt(MAGIC.length);
        if (version != VERSION) {
            throw new TrainingFilterException(
                    file, "has version " + version + ": this release reads " + VERSION + "; make it again");
        }
        if (bytes.length < HEADER + BLOOM_HEADER + CHECKSUM || !checksumFits(bytes)) {
            throw new TrainingFilterException(file, "is cut off or corrupt: its checksum is wrong");
        }
        in.position(MAGIC.length + Integer.BYTES);
        long check = in.getLong();
        if (check != keyCheck) {
            throw new TrainingFilterException(
                    file, "was made with another identity key than the monitor's: make it again with this one");
        }
        return filter(file, in, bytes, check);
    }

    private static TrainingFilter filter(Path file, ByteBuffer in, byte[] bytes, long check) {
        long count = in.getLong();
        double rate = in.getDouble();
        if (count < 1 || count > TrainingFilter.MAX_RECORDS) {
            throw new TrainingFilterException(
                    file, "states " + count + " records: must be 1 to " + TrainingFilter.MAX_RECORDS);
        }
        try {
            TrainingFilter.requireRate(rate);
        } catch (IllegalArgumentException e) {
            throw new TrainingFilterException(file, "cannot be used: " + e.getMessage());
        }
        int length = in.remaining() - CHECKSUM;
        long words = in.getInt(in.position() + 2);
        if (length != BLOOM_HEADER + words * Long.BYTES) {
            throw new TrainingFilterException(file, "states " + words + " words and has another length");
        }
        try {
            var bloom =
                    BloomFilter.readFrom(new ByteArrayInputStream(bytes, in.position(), length), Funnels.longFunnel());
            return new TrainingFilter(bloom, count, rate, check);
        } catch (IOException e) {
            throw new TrainingFilterException(file, "holds no Bloom filter that can be read");
        }
    }

    private static boolean checksumFits(byte[] bytes) {
        MessageDigest digest = sha256();
        int end = bytes.length - CHECKSUM;
        digest.update(bytes, 0, end);
        return Arrays.equals(digest.digest(), 0, CHECKSUM, bytes, end, bytes.length);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
