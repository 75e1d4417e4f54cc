// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KafkaForTestsTest {
    @Test
    void knows_embedded_and_container() {
        assertThat(KafkaForTests.Kind.of(null)).isEqualTo(KafkaForTests.Kind.EMBEDDED);
        assertThat(KafkaForTests.Kind.of("embedded")).isEqualTo(KafkaForTests.Kind.EMBEDDED);
        assertThat(KafkaForTests.Kind.of("container")).isEqualTo(KafkaForTests.Kind.CONTAINER);
    }

    @Test
    void refuses_any_other_kind_by_name() {
        assertThatThrownBy(() -> KafkaForTests.Kind.of("docker"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-Dkafka=docker is unknown: it is either embedded or container");
    }

    @Test
    void has_no_address_before_it_runs() {
        KafkaForTests kafka = new KafkaForTests(KafkaForTests.Kind.EMBEDDED);

        assertThatThrownBy(kafka::bootstrapServers).isInstanceOf(IllegalStateException.class);
    }
}
