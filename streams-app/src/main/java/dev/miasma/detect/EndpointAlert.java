// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alarm about an endpoint or a version of its model, and not about a client.
 *
 * @param endpoint it is about
 * @param version version of its model; null where it is about all of them
 * @param timeMillis event time of the second that led here, milliseconds since 1970
 * @param alarm what became of it
 * @param alarms alarms of this kind, this one included
 * @param guaranteed whether the finding's bound on false alarms holds
 * @param finding what was found
 */
public record EndpointAlert(
        String endpoint,
        @Nullable String version,
        long timeMillis,
        Detection.Alarm alarm,
        int alarms,
        boolean guaranteed,
        Finding finding) {

    /** Kinds of findings, as in alerts and metrics. */
    public static final List<String> KINDS = List.of(LeaksMore.KIND, AboveNull.KIND, Flood.KIND);

    /** What was found. */
    public sealed interface Finding {
        /** Its name in alerts and metrics, the same for all of its kind. */
        String kind();
    }

    /**
     * The answers of a version as a whole are more member-like than those to benign traffic can be.
     *
     * @param evidence value of the e-detector
     * @param threshold alarm threshold c
     * @param blocks blocks since the watch began or since the alarm before
     * @param queries queries in them
     * @param scored scored first sights in them
     * @param flagged those of them that were flagged
     * @param nullShare share of the calibration's non-members that are flagged
     * @param sinceMillis event time of the first block, milliseconds since 1970
     * @param modelId attack model
     * @param memberShare of the recent scores; null where the attack model knows no members
     */
    public record AboveNull(
            double evidence,
            double threshold,
            long blocks,
            long queries,
            long scored,
            long flagged,
            double nullShare,
            long sinceMillis,
            String modelId,
            @Nullable MemberShare memberShare)
            implements Finding {
        static final String KIND = "endpoint-above-null";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * A version's answers are flagged more often than those of the version first seen before it.
     *
     * @param evidence value of the e-process
     * @param threshold alarm threshold c
     * @param before the version before
     * @param ofBefore its answers that were compared
     * @param ofVersion those of the version
     */
    public record LeaksMore(double evidence, double threshold, String before, Flagged ofBefore, Flagged ofVersion)
            implements Finding {
        static final String KIND = "version-leaks-more";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /**
     * Scored first sights and how many of them were flagged.
     *
     * @param scored all of them
     * @param flagged the flagged ones
     */
    public record Flagged(long scored, long flagged) {
        /** The flagged share; 0 of none. */
        public double share() {
            return scored == 0 ? 0 : (double) flagged / scored;
        }
    }

    /**
     * Far more new clients came in a minute than usual.
     *
     * @param minuteMillis start of that minute of event time, milliseconds since 1970
     * @param newClients clients that were new in it, so far
     * @param limit most that is no alarm
     * @param average new clients a minute over the hour before it
     */
    public record Flood(long minuteMillis, long newClients, double limit, double average) implements Finding {
        static final String KIND = "client-flood";

        @Override
        public String kind() {
            return KIND;
        }
    }

    /** What this is about: the endpoint, and the version where it is about one. */
    public String subject() {
        return Level.ENDPOINT.code() + ':' + endpoint + (version == null ? "" : '@' + version);
    }
}
