// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.dataset.CatalogueEntry;
import dev.miasma.dataset.DatasetFinding;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A data set of the catalogue, and what is there of it.
 *
 * @param name of the data set and its folder
 * @param title for people to read
 * @param records as published
 * @param features as published
 * @param classes number of classes
 * @param sizes training records of a target in the papers
 * @param source who made it
 * @param licence terms of use
 * @param addresses where it is to be had
 * @param state found, different, missing or corrupt; absent if nobody looked
 * @param detail what differs, is missing or is wrong; empty if nobody looked
 */
public record DatasetStatus(
        String name,
        String title,
        int records,
        int features,
        int classes,
        String sizes,
        String source,
        String licence,
        List<URI> addresses,
        Optional<State> state,
        String detail) {

    /** Whether a data set can be used. */
    public enum State {
        /** All of it is there. */
        FOUND("found"),
        /** It reads well, but isn't what was published. */
        DIFFERENT("differs"),
        /** A file isn't there. */
        MISSING("not found"),
        /** A file is there and can't be read. */
        CORRUPT("corrupt");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people to read. */
        public String words() {
            return words;
        }
    }

    static DatasetStatus of(CatalogueEntry entry, Optional<DatasetFinding> finding) {
        return new DatasetStatus(
                entry.name(),
                entry.title(),
                entry.records(),
                entry.features(),
                entry.classes(),
                entry.sizes(),
                entry.source(),
                entry.licence(),
                entry.downloads().stream().map(download -> download.address()).toList(),
                finding.map(found -> State.valueOf(found.state().name())),
                finding.map(DatasetFinding::detail).orElse(""));
    }
}
