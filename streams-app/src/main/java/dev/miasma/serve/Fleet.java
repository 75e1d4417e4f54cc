// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;

/** The instances of this monitor, each named by host:port of its HTTP side. */
public interface Fleet {
    /** This instance. */
    String self();

    /** The others, as far as known. */
    List<String> others();

    /**
     * The instances that may hold a client, this one included if it may.
     *
     * @throws ProblemException where that is just being settled
     */
    List<String> holdersOf(String client);
}
