// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.report;

import java.util.List;

/**
 * What a report says of the audit beyond its result.
 *
 * @param inputs names of the files, for people
 * @param program that made the report, with its version
 */
public record AuditHeader(List<String> inputs, String program) {

    public AuditHeader {
        inputs = List.copyOf(inputs);
    }
}
