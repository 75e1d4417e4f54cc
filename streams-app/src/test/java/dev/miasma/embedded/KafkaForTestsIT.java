// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaForTestsIT {
    @RegisterExtension
    static final KafkaForTests KAFKA = new KafkaForTests();

    @Test
    void gives_a_broker_with_transactions() throws Exception {
        KAFKA.createTopic("letters", 1);

        Records.write(KAFKA.bootstrapServers(), "letters", true, "a");

        assertThat(Records.readCommitted(KAFKA.bootstrapServers(), "letters", "readers"))
                .containsExactly("a");
    }
}
