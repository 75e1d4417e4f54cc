// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CapturedLogTest {
    @Test
    void a_name_in_a_message_can_neither_begin_a_line_nor_steer_a_terminal() {
        try (CapturedLog log = new CapturedLog()) {
            LoggerFactory.getLogger(CapturedLogTest.class)
                    .warn("endpoint {} is odd", "a\r\n2026-01-01 ERROR forged\u001b[31m\u0000b");

            assertThat(log.text().lines())
                    .singleElement()
                    .asString()
                    .endsWith("endpoint a 2026-01-01 ERROR forged [31m b is odd");
        }
    }
}
