// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

/** What a query is to those before it from the same subject. One object, filled again for each query. */
final class Sight {
    /** Not known from before. */
    boolean first;

    /** Compared with earlier queries, of which there were some. */
    boolean compared;

    /** Near one of them, and not equal to any. */
    boolean near;

    /** Near, and with a larger top confidence than that neighbour's. */
    boolean climbed;
}
