// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.util.Arrays;
import java.util.List;

/** Why a valid event gets no score. */
public enum UnscorableReason {
    /** The model answered with a label and no posterior. */
    LABEL_ONLY("label-only"),
    /** No attack model is in force for the endpoint, not even a default. */
    NO_MODEL("no-model");

    private final String code;

    UnscorableReason(String code) {
        this.code = code;
    }

    /** The name in metrics. */
    public String code() {
        return code;
    }

    /** All codes. */
    public static List<String> codes() {
        return Arrays.stream(values()).map(UnscorableReason::code).toList();
    }
}
