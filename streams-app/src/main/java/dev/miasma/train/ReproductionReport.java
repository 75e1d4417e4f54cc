// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import java.util.List;

/**
 * What came of a reproduction.
 *
 * @param text for a terminal
 * @param json one object
 * @param checks what the papers show and ours had to show as well
 * @param failed those of them that ours don't show, a line each
 */
public record ReproductionReport(String text, String json, int checks, List<String> failed) {
    public ReproductionReport {
        failed = List.copyOf(failed);
    }
}
