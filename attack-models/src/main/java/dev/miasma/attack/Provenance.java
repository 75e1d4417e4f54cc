// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.time.LocalDate;
import java.util.List;

/**
 * Where a model comes from, enough to make it again.
 *
 * @param dataHash SHA-256 of the training and calibration data, hexadecimal
 * @param seed of every random choice
 * @param library name and version of what trained it
 * @param date the day it was trained, as told by the caller
 * @param protocol what was done, for people to read
 * @param transfer how the same protocol did on each data set that it was kept from; empty where nothing was left out
 */
public record Provenance(
        String dataHash, long seed, String library, LocalDate date, String protocol, List<Transfer> transfer) {

    public Provenance {
        transfer = List.copyOf(transfer);
    }

    /** Of a model that was trained for one data set. */
    public Provenance(String dataHash, long seed, String library, LocalDate date, String protocol) {
        this(dataHash, seed, library, date, protocol, List.of());
    }
}
