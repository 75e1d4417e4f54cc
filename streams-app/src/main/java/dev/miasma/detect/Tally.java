// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.AttackScore;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.TrainingCheck;
import java.util.Arrays;

/** Counts of what was seen of a subject since its watch began or since its last alarm. Mutable. */
final class Tally {
    /** Most bins that are counted; a calibration has at most 15. */
    static final int MAX_BINS = 32;

    /** Event time of the first query, milliseconds since 1970. */
    long sinceMillis;

    long queries;

    /** Those that were no repeats. */
    long firstSights;

    /** First sights whose score reached the median of known non-members. */
    long aboveMedian;

    /** First sights whose answer was flagged. */
    long flagged;

    /** First sights that were compared with earlier ones. */
    long compared;

    /** Those of them that were near one. */
    long near;

    /** Those of them that were more confident as well. */
    long climbed;

    /** First sights that the training filter was asked about. */
    long checked;

    /** Those of them that it has. */
    long hits;

    /** Hash of the id of the attack model that the bins are of. */
    int binsModel;

    /** First sights with an attack score, by bin; as long as the highest bin wants. */
    int[] bins = new int[0];

    void add(ScoredQuery query, Sight sight) {
        if (queries++ == 0) {
            sinceMillis = query.timeMillis();
        }
        if (!sight.first) {
            return;
        }
        firstSights++;
        compared += sight.compared ? 1 : 0;
        near += sight.near ? 1 : 0;
        climbed += sight.climbed ? 1 : 0;
        AttackScore attack = query.attack();
        if (attack != null) {
            aboveMedian += attack.aboveMedian() ? 1 : 0;
            flagged += attack.flagged() ? 1 : 0;
            addBin(attack);
        }
        TrainingCheck training = query.training();
        if (training != null) {
            checked++;
            hits += training.hit() ? 1 : 0;
        }
    }

    private void addBin(AttackScore attack) {
        if (attack.bin() >= MAX_BINS) {
            return;
        }
        int model = attack.modelId().hashCode();
        if (model != binsModel) {
            binsModel = model;
            Arrays.fill(bins, 0);
        }
        if (attack.bin() >= bins.length) {
            bins = Arrays.copyOf(bins, attack.bin() + 1);
        }
        bins[attack.bin()]++;
    }

    /** First sights that carried an attack score of the model in force. */
    long scored() {
        long sum = 0;
        for (int count : bins) {
            sum += count;
        }
        return sum;
    }

    void clear() {
        sinceMillis = 0;
        queries = 0;
        firstSights = 0;
        aboveMedian = 0;
        flagged = 0;
        compared = 0;
        near = 0;
        climbed = 0;
        checked = 0;
        hits = 0;
        Arrays.fill(bins, 0);
    }
}
