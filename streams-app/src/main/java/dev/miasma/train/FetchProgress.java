// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/** Hears how far a download has come. */
@FunctionalInterface
public interface FetchProgress {
    /**
     * More has arrived.
     *
     * @param file name of the file
     * @param bytes there now, those of earlier calls included
     * @param total bytes of the whole file; -1 if the server doesn't say
     */
    void arrived(String file, long bytes, long total);
}
