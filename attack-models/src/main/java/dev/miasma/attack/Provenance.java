// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import java.time.LocalDate;

/**
 * Where a model comes from, enough to make it again.
 *
 * @param dataHash SHA-256 of the training and calibration data, hexadecimal
 * @param seed of every random choice
 * @param library name and version of what trained it
 * @param date the day it was trained, as told by the caller
 * @param protocol what was done, for people to read
 */
public record Provenance(String dataHash, long seed, String library, LocalDate date, String protocol) {}
