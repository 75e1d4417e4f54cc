// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.AttackScore;
import dev.miasma.score.EvidenceColumn;
import dev.miasma.score.FlagEvidence;
import dev.miasma.score.ScoredQuery;
import dev.miasma.score.TrainingCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to see probing in a query. A sensor puts a query in a bin of its evidence table, by nothing but the query and
 * what was seen before it, or is silent; under the benign null the likelihood ratio of the bin has mean at most 1 given
 * the past. Pure and stateless.
 */
sealed interface Sensor {
    /** Number of sensors there are; each has its place in a subject's state. */
    int COUNT = 5;

    /** Names of all sensors, by place; a place is never given to another sensor. */
    List<String> NAMES = List.of("member-likeness", "neighbourhood", "climb", "repeat", "training-hit");

    int MEMBER_LIKENESS = 0;
    int NEIGHBOURHOOD = 1;
    int CLIMB = 2;
    int REPEAT = 3;
    int TRAINING_HIT = 4;

    /** Bin of a query that a sensor says nothing of. */
    int SILENT = -1;

    /** Place of this sensor. */
    int place();

    /** The bin a query falls in, from 0, or {@link #SILENT}. */
    int bin(ScoredQuery query, Sight sight);

    /** What that bin says. */
    EvidenceColumn column(ScoredQuery query, int bin);

    /**
     * Most of a benign subject's queries that this sensor flags; NaN for a sensor whose table is calibrated.
     *
     * @see FlagEvidence
     */
    default double nullShare() {
        return Double.NaN;
    }

    /**
     * The attack score, in the bins of its calibration. Only the first sight of a query counts: a repeat repeats its
     * score. Catches attacks on confidence: Shokri et al. 2017, ML-Leaks (Salem et al. 2019), LiRA (Carlini et al. 2022).
     */
    record MemberLikeness() implements Sensor {
        @Override
        public int place() {
            return MEMBER_LIKENESS;
        }

        @Override
        public int bin(ScoredQuery query, Sight sight) {
            AttackScore attack = query.attack();
            return attack != null && sight.first ? attack.bin() : SILENT;
        }

        @Override
        public EvidenceColumn column(ScoredQuery query, int bin) {
            return given(query.attack()).evidence();
        }
    }

    /** A sensor that only flags, against a configured null. */
    sealed interface Flagging extends Sensor {
        /** Its evidence table. */
        FlagEvidence evidence();

        @Override
        default EvidenceColumn column(ScoredQuery query, int bin) {
            return evidence().column(bin == 1);
        }

        @Override
        default double nullShare() {
            return evidence().nullShare();
        }
    }

    /**
     * New queries near, and not equal, to a recent one. Catches attacks on labels only (Choquette-Choo et al. 2021; Li and
     * Zhang 2021) and the synthesis of shadow data (Shokri et al. 2017, Algorithm 1).
     */
    record Neighbourhood(FlagEvidence evidence) implements Flagging {
        @Override
        public int place() {
            return NEIGHBOURHOOD;
        }

        @Override
        public int bin(ScoredQuery query, Sight sight) {
            return sight.compared ? flag(sight.near) : SILENT;
        }
    }

    /** Near queries of a top confidence above their neighbour's: the synthesis of shadow data climbs so. */
    record Climb(FlagEvidence evidence) implements Flagging {
        @Override
        public int place() {
            return CLIMB;
        }

        @Override
        public int bin(ScoredQuery query, Sight sight) {
            return sight.compared && query.attack() != null ? flag(sight.climbed) : SILENT;
        }
    }

    /**
     * The same query again, which averages out a randomised output. Silent where the fingerprint is the posterior's, which
     * other queries may share.
     */
    record Repeat(FlagEvidence evidence) implements Flagging {
        @Override
        public int place() {
            return REPEAT;
        }

        @Override
        public int bin(ScoredQuery query, Sight sight) {
            return query.identified() ? flag(!sight.first) : SILENT;
        }
    }

    /**
     * New queries about records of the operator's training filter, whatever the model answered.
     *
     * @param nullShare without the filter's own false positives
     */
    record TrainingHit(double nullShare) implements Sensor {
        @Override
        public int place() {
            return TRAINING_HIT;
        }

        @Override
        public int bin(ScoredQuery query, Sight sight) {
            TrainingCheck training = query.training();
            return training != null && sight.first ? flag(training.hit()) : SILENT;
        }

        @Override
        public EvidenceColumn column(ScoredQuery query, int bin) {
            return given(query.training()).evidence();
        }
    }

    private static int flag(boolean flagged) {
        return flagged ? 1 : 0;
    }

    private static <T> T given(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a silent sensor was asked for its evidence");
        }
        return value;
    }
}
