// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An attack model ready for use: what scores, what a score means, where it comes from and how good it is.
 *
 * @param model posterior to score
 * @param calibration score to evidence
 * @param provenance where it comes from
 * @param evaluation how good it is
 */
public record CalibratedAttack(
        AttackModel model, Calibration calibration, Provenance provenance, Evaluation evaluation) {

    private static final int ID_DIGITS = 12;

    /**
     * Twelve hexadecimal digits that name this model: the start of the SHA-256 of its model file as {@link ModelFile}
     * writes it. Computed on each call.
     */
    public String id() {
        byte[] json = ModelFile.toJson(this).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
