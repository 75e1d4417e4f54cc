// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.evaluation;

import java.math.BigDecimal;

/** Rates for people. */
public final class Percent {

    private Percent() {}

    /** 0.001 as "0.1 %", exactly and without trailing zeros. */
    public static String of(double rate) {
        return BigDecimal.valueOf(rate).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
