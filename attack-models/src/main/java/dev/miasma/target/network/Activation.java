// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

/** What follows a layer's sums. */
public enum Activation {
    /** The sum itself. */
    NONE(0),
    /** Hyperbolic tangent: the hidden layers of Shokri et al. 2017 and of ML-Leaks. */
    TANH(1),
    /** max(0, sum). */
    RELU(2);

    private final int code;

    Activation(int code) {
        this.code = code;
    }

    /** The number in network files; never changes. */
    int code() {
        return code;
    }

    static Activation ofCode(int code) {
        for (Activation activation : values()) {
            if (activation.code == code) {
                return activation;
            }
        }
        throw new IllegalArgumentException("activation is " + code + "; 0 to 2 needed");
    }

    void apply(float[] sums) {
        switch (this) {
            case NONE -> {}
            case TANH -> {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] = (float) Math.tanh(sums[i]);
                }
            }
            case RELU -> {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] = Math.max(0, sums[i]);
                }
            }
        }
    }
}
