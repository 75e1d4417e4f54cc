// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import java.util.Arrays;
import java.util.List;

/** Why an event goes to the dead letters. */
public enum RejectReason {
    NO_VALUE("no-value"),
    TOO_LARGE("too-large"),
    NOT_JSON("not-json"),
    WRONG_TYPE("wrong-type"),
    FIELD_TOO_LONG("field-too-long"),
    MISSING_ENDPOINT("missing-endpoint"),
    MISSING_CLIENT("missing-client"),
    MISSING_ANSWER("missing-answer"),
    SEVERAL_ANSWERS("several-answers"),
    EMPTY_POSTERIOR("empty-posterior"),
    NEGATIVE_POSTERIOR("negative-posterior"),
    NOT_FINITE_POSTERIOR("not-finite-posterior"),
    SUM_OFF("sum-off"),
    TOO_MANY_CLASSES("too-many-classes"),
    INVALID_LABEL("invalid-label"),
    INVALID_TIME("invalid-time"),
    TIME_AHEAD("time-ahead"),
    INVALID_LOCALITY("invalid-locality"),
    INVALID_SAMPLED_RATE("invalid-sampled-rate"),
    INVALID_ROWS("invalid-rows"),
    TOO_MANY_ROWS("too-many-rows"),
    INTERNAL_ERROR("internal-error");

    private final String code;

    RejectReason(String code) {
        this.code = code;
    }

    /** The name in metrics and dead letters. */
    public String code() {
        return code;
    }

    /** All codes. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(RejectReason::code).toList();
    }
}
