// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import java.util.List;
import java.util.stream.Collectors;

/** Several defences, one after the other. */
record Composed(List<OutputDefense> parts) implements OutputDefense {

    Composed {
        parts = List.copyOf(parts);
    }

    @Override
    public String id() {
        return parts.stream().map(OutputDefense::id).collect(Collectors.joining("+"));
    }

    @Override
    public String title() {
        return parts.stream().map(OutputDefense::title).collect(Collectors.joining(", then "));
    }

    @Override
    public String source() {
        return parts.stream().map(OutputDefense::source).distinct().collect(Collectors.joining("; "));
    }

    @Override
    public void apply(double[] posterior, int classes, double[] out) {
        parts.getFirst().apply(posterior, classes, out);
        for (OutputDefense next : parts.subList(1, parts.size())) {
            next.apply(out, classes, out);
        }
    }
}
