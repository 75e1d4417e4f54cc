// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

/** Where the records of a shadow come from (Shokri et al. 2017, section V.C). */
public enum ShadowData {
    /** Real records of the target's distribution. */
    REAL("real"),
    /** Real records, the bits of a tenth of their features flipped. */
    NOISE_10("noise10"),
    /** Real records, the bits of a fifth of their features flipped. */
    NOISE_20("noise20"),
    /** Features drawn one by one from their marginal distributions, labelled by the target. */
    MARGINALS("marginals"),
    /** Algorithm 1: hill climbing on the target's confidence, labelled by the class climbed for. */
    SYNTHESIS("synthesis");

    private final String id;

    ShadowData(String id) {
        this.id = id;
    }

    /** The name in files; never changes. */
    public String id() {
        return id;
    }
}
