// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

/**
 * What a subject has asked, as a whole; its state has what came since this was written. {@link ClientMemorySerde} has its
 * bytes.
 *
 * @param memory of all queries
 * @param ring of the last ones
 */
record ClientMemory(FirstSightMemory memory, LocalityRing ring) {
    /** Of a subject that has asked nothing. */
    static ClientMemory none() {
        return new ClientMemory(new FirstSightMemory(), new LocalityRing());
    }
}
