// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Reads and writes model files, JSON of format "{@value #FORMAT}", version {@value #VERSION}.
 *
 * <p>Fields, in this order; all are required but those marked optional, and no other is allowed:
 *
 * <table>
 * <caption>The format</caption>
 * <tr><th>field</th><th>meaning</th></tr>
 * <tr><td>format</td><td>"{@value #FORMAT}"</td></tr>
 * <tr><td>version</td><td>{@value #VERSION}; a newer one is refused</td></tr>
 * <tr><td>model</td><td>kind "threshold": statistic, threshold. Kind "logistic": features, weights, bias, threshold.
 * Kind "network": features, activation, hidden units, each with bias, weights and output, bias, threshold. Kind
 * "per-class": classes, each a model of another kind with its class; fallback, the model of the other classes</td></tr>
 * <tr><td>calibration</td><td>source, delta, nonMembers, flagRate; cuts, each with nominalRate, score,
 * nonMembersAtOrAbove, bound and optional evidenceShare, for all cuts or none; memberCounts by bin; evidence, each row with name and logEvidence by bin; histogram
 * with low, high, nonMembers, members. Where source is "benign-traffic", also traffic with clients, minQueries,
 * clientQuantile and cutsTested, and in each cut clientAtOrAbove and clientQueries</td></tr>
 * <tr><td>provenance</td><td>dataHash, seed, library, date, protocol; optional transfer, each with dataset, auc, optional
 * tprAt1Percent, trainAccuracy, testAccuracy</td></tr>
 * <tr><td>evaluation</td><td>members, nonMembers; optional auc, bestBalancedAccuracy, tprAt10Percent, tprAt1Percent,
 * tprAt0.1Percent</td></tr>
 * </table>
 *
 * <p>Reading trusts nothing: the file is at most 4 MiB, the bounds are computed again from the counts, and the evidence
 * is checked against them. The same model always gives the same bytes.
 */
public final class ModelFile {

    /** The format's name. */
    public static final String FORMAT = "miasma-attack-model";

    /** The version written, and the newest one read. */
    public static final int VERSION = 1;

    /** The largest file read, in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    private ModelFile() {}

    /**
     * Reads a model file.
     *
     * @throws ModelFileException if it isn't a valid one, the path leading the message
     * @throws IOException if it can't be read
     */
    public static CalibratedAttack read(Path path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        try {
            return read(bytes);
        } catch (ModelFileException e) {
            throw new ModelFileException(path + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the bytes of a model file.
     *
     * @throws ModelFileException if they aren't valid
     */
    public static CalibratedAttack read(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new ModelFileException("model file is over " + MAX_BYTES + " bytes; at most that allowed");
        }
        return ModelReader.read(json);
    }

    /**
     * Writes a model file, whole or not at all: to a temporary file beside it, which is then moved over it.
     *
     * @throws IOException if it can't be written
     */
    public static void write(CalibratedAttack attack, Path path) throws IOException {
        Path target = path.toAbsolutePath();
        Path name = target.getFileName();
        if (name == null) {
            throw new IOException(path + " is no file");
        }
        // Not createTempFile: its owner-only permissions would stay with the model.
        Path temporary = target.resolveSibling("." + name + "." + Long.toHexString(System.nanoTime()) + ".tmp");
        try {
            try (FileChannel out =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(toJson(attack));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The text of a model file, ending in a line feed. */
    public static String toJson(CalibratedAttack attack) {
        return ModelWriter.toJson(attack);
    }
}
