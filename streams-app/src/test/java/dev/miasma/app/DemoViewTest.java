// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.measure.InMemoryMeasures;
import dev.miasma.measure.WhatIfAnswer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoViewTest {
    private final StringWriter out = new StringWriter();
    private final InMemoryMeasures measures = new InMemoryMeasures();

    private String tick(List<String> defences) {
        try (DemoView view = DemoView.on(new PrintWriter(out), false)) {
            view.tick(measures, defences, TimeUnit.SECONDS.toNanos(6));
        }
        return out.toString();
    }

    @Test
    void shows_the_leak_lift_under_each_defence_beside_the_one_without() {
        measures.whatIf(new WhatIfAnswer("demo", "1", "top3", true, 0.25));

        assertThat(tick(List.of("top3", "round2"))).contains("leak lift - (top3 4.0, round2 -)  clients");
    }

    @Test
    void shows_nothing_of_defences_where_none_is_tried() {
        assertThat(tick(List.of())).contains("leak lift -  clients");
    }
}
