// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.training;

import dev.miasma.attack.Provenance;
import dev.miasma.dataset.PosteriorSet;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import smile.classification.LogisticRegression;

/** Fills a provenance: the data's hash and the library's version. */
final class Fingerprints {

    private Fingerprints() {}

    static Provenance provenance(TrainingOptions options, String library, String protocol, PosteriorSet... data) {
        return new Provenance(hash(data), options.seed(), library, options.date(), protocol);
    }

    /** SHA-256 over sizes, labels and probabilities, big-endian, in the order given. */
    static String hash(PosteriorSet... data) {
        MessageDigest digest = sha256();
        for (PosteriorSet set : data) {
            digest.update(ByteBuffer.allocate(8)
                    .putInt(set.size())
                    .putInt(set.classes())
                    .array());
            ByteBuffer row = ByteBuffer.allocate(4 + 8 * set.classes());
            for (int i = 0; i < set.size(); i++) {
                row.clear().putInt(set.labels()[i]);
                for (double p : set.posteriors()[i]) {
                    row.putDouble(p);
                }
                digest.update(row.array());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Smile with its version. */
    static String smile() {
        return "Smile "
                + Objects.requireNonNullElse(
                        LogisticRegression.class.getPackage().getImplementationVersion(), "of unknown version");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
