// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.util.Arrays;

/** Where a calibration's scores of the benign null come from. */
public enum NullSource {
    /** The monitored model's answers to records that are known not to be in its training data. */
    NON_MEMBERS("non-members"),
    /** A shadow model's answers to such records: the monitored model may answer otherwise. */
    SHADOW_NON_MEMBERS("shadow-non-members"),
    /** The monitored model's answers to random noise, which no client asks. */
    NOISE_QUERIES("noise-queries"),
    /** Models of other data, answering non-members: what they share with the monitored model isn't known. */
    OTHER_DATA("other-data"),
    /** Live answers of the monitored model to clients that are held to be benign. */
    BENIGN_TRAFFIC("benign-traffic");

    private final String id;

    NullSource(String id) {
        this.id = id;
    }

    /** The name used in model files; never changes. */
    public String id() {
        return id;
    }

    /**
     * The source of a name.
     *
     * @throws IllegalArgumentException naming the unknown name and the known ones
     */
    public static NullSource from(String id) {
        return Arrays.stream(values())
                .filter(source -> source.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("null source is '" + id + "'; one of "
                        + Arrays.stream(values()).map(NullSource::id).toList() + " needed"));
    }
}
