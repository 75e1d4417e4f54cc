// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WithoutMessageTest {
    private static String printed(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void has_classes_and_places_of_an_error_and_its_causes_and_no_message() {
        var error = new IllegalStateException(
                "posterior [0.7310585786]", new NumberFormatException("For input string: \"planted-client\""));

        String text = printed(new WithoutMessage(error));

        assertThat(text)
                .contains(
                        "IllegalStateException",
                        "NumberFormatException",
                        getClass().getName())
                .doesNotContain("0.7310585786", "planted-client", "input string");
    }

    @Test
    void a_circle_of_causes_ends() {
        var first = new IllegalStateException("secret");
        var second = new IllegalStateException("secret", first);
        first.initCause(second);

        assertThat(printed(new WithoutMessage(first))).doesNotContain("secret");
    }
}
