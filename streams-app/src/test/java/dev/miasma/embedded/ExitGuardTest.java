// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class ExitGuardTest {
    @Test
    void refuses_to_end_the_jvm_until_the_last_holder_lets_go() {
        ExitGuard.acquire();
        ExitGuard.acquire();
        ExitGuard.release();
        try {
            assertThatThrownBy(() -> Exit.exit(3, "no disk"))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessage("the embedded Kafka broker gave up (status 3): no disk");
            assertThatThrownBy(() -> Exit.halt(1))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessage("the embedded Kafka broker gave up (status 1)");
        } finally {
            ExitGuard.release();
        }
    }

    @Test
    void a_release_too_many_is_refused() {
        assertThatThrownBy(ExitGuard::release).isInstanceOf(IllegalStateException.class);
    }
}
