// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private final StringWriter out = new StringWriter();

    private void show(boolean terminal) {
        try (ProgressView view = new ProgressView(new PrintWriter(out), terminal)) {
            view.trained(0, 2, "kept from before");
            view.trained(1, 2, "first");
            view.trained(2, 2, "second");
        }
    }

    @Test
    void writes_a_line_for_each_model_where_nobody_looks() {
        show(false);

        assertThat(out.toString().lines())
                .containsExactly(
                        "0 of 2 models trained", "1 of 2 models trained: first", "2 of 2 models trained: second");
    }

    @Test
    void writes_one_line_over_and_over_on_a_terminal() {
        show(true);

        assertThat(out.toString()).containsOnlyOnce("\n").endsWith("\n");
        assertThat(out.toString())
                .contains("[###############               ] 1 of 2 models trained: first")
                .contains("[##############################] 2 of 2 models trained: second");
    }
}
