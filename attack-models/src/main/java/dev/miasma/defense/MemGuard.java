// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.attack.NetworkAttack;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MemGuard (Jia et al., "MemGuard: Defending against Black-Box Membership Inference Attacks via Adversarial Examples",
 * 2019): answers are changed so that an attack model of the defender's can't tell.
 *
 * <p>Phase I (section 4.2, {@link NoiseSearch}) finds a small noise that brings the surrogate's score to 1/2. Phase II
 * (section 4.3) adds it with probability min(budget / d, 1), d being the noise's L1 norm, if it brings the score nearer
 * to 1/2, and else leaves the answer alone: the mean distortion of an answer stays within the budget. Its one-time randomness:
 * the dice are a keyed hash of the rounded answer, so that asking again doesn't average the noise away.
 *
 * <p>It guards against its own surrogate and what thinks alike. Song and Mittal 2021 found it less effective than
 * reported against thresholds a class and attackers who know it: believe only the adaptive figures.
 *
 * <p>Takes a few arrays a call for the search.
 */
final class MemGuard implements OutputDefense {

    /** The mean L1 distortion allowed if nobody says: the middle of its range. */
    static final double USUAL_BUDGET = 1;

    private static final double MOST_BUDGET = 2;
    private static final double INDIFFERENCE = 0.5;
    /** Answers that agree to so many parts draw the same dice. */
    private static final double HASHED_UNITS = 1e6;

    private static final String HASH = "HmacSHA256";
    private static final double TWO_TO_MINUS_53 = 0x1p-53;

    private final AttackModel surrogate;
    private final double budget;
    private final long key;

    /**
     * @param surrogate whose score is the probability of membership: a logistic or a network attack
     * @param budget mean L1 distortion of an answer, above 0 and at most {@value #MOST_BUDGET}, where two answers that
     *     share no class are
     * @param key of the hash
     */
    MemGuard(AttackModel surrogate, double budget, long key) {
        if (!(surrogate instanceof LogisticAttack || surrogate instanceof NetworkAttack)) {
            throw new IllegalArgumentException("surrogate of memguard is of kind '" + surrogate.kind()
                    + "'; logistic or network needed, whose score is a probability");
        }
        if (!(budget > 0 && budget <= MOST_BUDGET)) {
            throw new IllegalArgumentException(
                    "distortion budget of memguard is " + budget + "; above 0 and at most " + MOST_BUDGET + " needed");
        }
        this.surrogate = surrogate;
        this.budget = budget;
        this.key = key;
    }

    @Override
    public String id() {
        return budget == USUAL_BUDGET ? "memguard" : "memguard" + DefenseParser.number(budget);
    }

    @Override
    public String title() {
        return "MemGuard with a distortion budget of " + DefenseParser.number(budget);
    }

    @Override
    public String source() {
        return "Jia et al. 2019 (MemGuard), section 4";
    }

    @Override
    public void apply(double[] posterior, int classes, double[] out) {
        NoiseSearch search = new NoiseSearch(surrogate, posterior, classes);
        double[] noisy = search.run();
        boolean nearer =
                Math.abs(search.score(noisy) - INDIFFERENCE) < Math.abs(search.score(posterior) - INDIFFERENCE);
        double distance = NoiseSearch.distance(noisy, posterior, classes);
        boolean add = nearer && dice(posterior, classes) * distance < budget;
        System.arraycopy(add ? noisy : posterior, 0, out, 0, classes);
    }

    /** Uniform in [0, 1), the same for the same answer. */
    private double dice(double[] posterior, int classes) {
        ByteBuffer bytes = ByteBuffer.allocate(classes * Integer.BYTES);
        for (int i = 0; i < classes; i++) {
            bytes.putInt((int) Math.rint(posterior[i] * HASHED_UNITS));
        }
        try {
            Mac mac = Mac.getInstance(HASH);
            byte[] secret = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
            mac.init(new SecretKeySpec(secret, HASH));
            return (ByteBuffer.wrap(mac.doFinal(bytes.array())).getLong() >>> 11) * TWO_TO_MINUS_53;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HASH, e);
        }
    }
}
