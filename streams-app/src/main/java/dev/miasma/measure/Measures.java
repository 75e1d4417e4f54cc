// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/**
 * What the stages report. Every query that was read, an event or a row of a batch event, is reported as received once and
 * as exactly one of scored, rejected or unscorable once; a batch event that is rejected as a whole counts as one:
 *
 * <pre>received = scored + rejected + unscorable</pre>
 *
 * <p>Implementations are called from several stream threads. They never see a client. They count what this process did:
 * after a crash the work since the last commit is done, and counted, again.
 */
public interface Measures {
    /** A query was read from an input topic. */
    void received();

    /**
     * An event, or a row of one, went to the dead letters.
     *
     * @param reason code of the reason
     */
    void rejected(String reason);

    /**
     * A query carried nothing that an attack model could score.
     *
     * @param reason code of the reason
     */
    void unscorable(String reason);

    /** An answer was scored. */
    void scored(ScoredAnswer answer);

    /** A scored query reached the detect stage; {@code firstSight} is false for repeats, which add no evidence. */
    void detected(boolean firstSight);

    /**
     * Alarms of a level, sensor and severity can come: their counts start as zeros, so that the first one is an increase.
     */
    default void alarmsExpected(String level, String sensor, String severity) {}

    /**
     * The evidence of a client, a cohort or an endpoint reached the threshold.
     *
     * @param level whose evidence
     * @param sensor name of the leading sensor
     * @param severity severity of the alert
     * @param outcome what became of the alarm: sent, held back in a cool-down, or allowed by the operator
     */
    void alarmed(String level, String sensor, String severity, String outcome);

    /**
     * A client or a cohort moved from one risk band to another, or appeared or was dropped (an empty name).
     *
     * @param level which of the two
     * @param from band left, empty for none
     * @param to band entered, empty for none
     */
    void bandChanged(String level, String from, String to);

    /**
     * A client or a cohort was forgotten.
     *
     * @param level which of the two
     * @param reason "idle" for silent, "cold" for least evidence where there were too many
     */
    default void dropped(String level, String reason) {}

    /** So many of the operator's exemptions are known. */
    default void exemptions(int count) {}

    /** An exemption, or a file of them, could not be read and was passed over. */
    default void exemptionBroken() {}

    /**
     * A stage failed on a record in a way that it should not; the record was put aside.
     *
     * @param stage name of the stage
     */
    void failed(String stage);

    /**
     * A stage can fail on records: its count starts as a zero, so that the first failure is an increase.
     *
     * @param stage name of the stage
     */
    default void failuresExpected(String stage) {}

    /**
     * An attack-model file was loaded, or could not be and the one before stays in force.
     *
     * @param ok whether it could be loaded
     */
    void modelLoaded(boolean ok);

    /**
     * A training-set filter was loaded, or could not be and the one before stays in force.
     *
     * @param ok whether it could be loaded
     */
    default void trainingFilterLoaded(boolean ok) {}

    /** An attack model came into force. */
    void modelInForce(ModelInForce model);

    /**
     * An attack model no longer scores.
     *
     * @param name what it was in force for
     */
    default void modelOutOfForce(String name) {}

    /** A sampled answer was scored as it would have been under a defence. */
    default void whatIf(WhatIfAnswer answer) {}

    /**
     * A sampled answer could not be scored under a defence: its endpoint has no attack model calibrated for it.
     *
     * @param defence id of the defence
     */
    default void whatIfNoModel(String defence) {}

    /**
     * The attack models calibrated for a defence that is tried changed in number, or are looked at first.
     *
     * @param defence id of the defence
     * @param count files in force; with 0 there are no figures
     */
    default void whatIfModels(String defence, int count) {}

    /**
     * Predictions are passed on with a defence: the counts of all results start as zeros.
     *
     * @param result what can become of a prediction
     */
    default void sanitisingExpected(String result) {}

    /**
     * A prediction was passed on with a defence, or as it came, or held back. Where there is such a topic,
     * {@code received = sanitised + rejected} over all results.
     *
     * @param result code of what became of it
     */
    default void sanitised(String result) {}

    /**
     * A block of counts came to the endpoint level.
     *
     * @param result "used"; "unscored" for nothing to be scored in it; "no-model" for an attack model that is not in force
     *     here, so that it is passed over
     */
    default void leakBlock(String result) {}

    /** The recent scores of an endpoint's version were looked at. */
    default void versionLeak(VersionLeak leak) {}

    /** Of an endpoint's version there is no more to tell here. */
    default void versionLeakGone(String endpoint, String version) {}

    /** Reports to both. */
    static Measures both(Measures first, Measures second) {
        return new BothMeasures(first, second);
    }
}
