// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final String TOPIC = "letters";

    /** Where a leader that does not answer yet is taken for one, about one in eight gets stuck. */
    private static final int NEW_TOPICS = 25;

    @TempDir
    Path folder;

    @Test
    void committed_readers_see_only_committed_transactions() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, Map.of())) {
            kafka.createTopic(TOPIC, 2);

            Records.write(kafka.bootstrapServers(), TOPIC, true, "a", "b");
            Records.write(kafka.bootstrapServers(), TOPIC, false, "lost");
            Records.write(kafka.bootstrapServers(), TOPIC, true, "c");

            assertThat(Records.readCommitted(kafka.bootstrapServers(), TOPIC, "readers"))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void restart_keeps_address_records_and_group_offsets() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, Map.of())) {
            String address = kafka.bootstrapServers();
            kafka.createTopic(TOPIC, 1);
            Records.write(address, TOPIC, true, "before");
            assertThat(Records.readCommitted(address, TOPIC, "followers")).containsExactly("before");

            kafka.restart();
            Records.write(address, TOPIC, true, "after");

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(Records.readCommitted(address, TOPIC, "followers")).containsExactly("after");
            assertThat(Records.readCommitted(address, TOPIC, "newcomers")).containsExactly("before", "after");
        }
    }

    @Test
    void a_topic_that_was_made_takes_batch_after_batch_at_once() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, Map.of())) {
            for (int i = 0; i < NEW_TOPICS; i++) {
                kafka.createTopic(TOPIC + i, 4);

                assertThat(Records.stream(kafka.bootstrapServers(), TOPIC + i, 4_000))
                        .as("topic %d", i)
                        .isEqualTo(4_000);
            }
        }
    }

    @Test
    void a_later_broker_takes_over_a_folder() throws Exception {
        try (EmbeddedKafka first = EmbeddedKafka.start(folder, Map.of())) {
            first.createTopic(TOPIC, 1);
            Records.write(first.bootstrapServers(), TOPIC, true, "kept");
        }

        try (EmbeddedKafka second = EmbeddedKafka.start(folder, Map.of())) {
            assertThat(Records.readCommitted(second.bootstrapServers(), TOPIC, "heirs"))
                    .containsExactly("kept");
        }
    }

    @Test
    void two_brokers_side_by_side_know_nothing_of_each_other() throws Exception {
        try (EmbeddedKafka left = EmbeddedKafka.start();
                EmbeddedKafka right = EmbeddedKafka.start()) {
            left.createTopic(TOPIC, 1);
            right.createTopic(TOPIC, 1);
            Records.write(left.bootstrapServers(), TOPIC, true, "left");
            Records.write(right.bootstrapServers(), TOPIC, true, "right");

            left.stop();

            assertThat(Records.readCommitted(right.bootstrapServers(), TOPIC, "readers"))
                    .containsExactly("right");
        }
    }

    @Test
    void close_leaves_nothing_behind_and_may_be_called_again() {
        BrokerFolder temporary = BrokerFolder.temporary();
        EmbeddedKafka kafka = EmbeddedKafka.start(temporary, Map.of(), Ports::anyFree);
        assertThat(temporary.data()).isNotEmptyDirectory();
        int port = portOf(kafka);

        kafka.close();
        kafka.close();

        assertThat(temporary.root()).doesNotExist();
        assertThat(Ports.isFree(port)).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("kafka-socket-acceptor") || name.contains("raft-io"));
        assertThatThrownBy(kafka::restart).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_folder_of_the_callers_stays() {
        EmbeddedKafka.start(folder, Map.of()).close();

        assertThat(folder.resolve("data")).isNotEmptyDirectory();
    }

    @Test
    void takes_other_ports_where_the_first_are_in_use() throws IOException {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.LOOPBACK))) {
            int taken = occupant.getLocalPort();
            // First the clients' port is in use, then the controller's.
            PrimitiveIterator.OfInt ports = IntStream.of(
                            taken, Ports.anyFree(), Ports.anyFree(), taken, Ports.anyFree(), Ports.anyFree())
                    .iterator();
            BrokerFolder temporary = BrokerFolder.temporary();

            try (EmbeddedKafka kafka = EmbeddedKafka.start(temporary, Map.of(), ports::nextInt)) {
                assertThat(ports.hasNext()).isFalse();
                assertThatCode(() -> kafka.createTopic(TOPIC, 1)).doesNotThrowAnyException();
            }
            assertThat(temporary.root()).doesNotExist();
        }
    }

    @Test
    void says_why_it_cannot_start_and_cleans_up() {
        BrokerFolder temporary = BrokerFolder.temporary();

        assertThatThrownBy(() -> EmbeddedKafka.start(temporary, Map.of("num.io.threads", "many"), Ports::anyFree))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining("cannot start")
                .hasMessageContaining("num.io.threads");
        assertThat(temporary.root()).doesNotExist();
    }

    @Test
    void refuses_overrides_of_its_own_settings() {
        assertThatThrownBy(() -> EmbeddedKafka.start(folder, Map.of("listeners", "PLAINTEXT://:9092")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listeners");
    }

    @Test
    void a_folder_that_is_a_file_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedKafka.start(file, Map.of()))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void overrides_and_topic_settings_reach_the_broker() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, Map.of("message.max.bytes", "1000"))) {
            kafka.createTopic("compacted", 3, Map.of("cleanup.policy", "compact"));

            assertThatThrownBy(() -> kafka.createTopic("compacted", 3))
                    .isInstanceOf(EmbeddedKafkaException.class)
                    .hasMessageContaining("already exists");
            assertThatThrownBy(() -> Records.write(kafka.bootstrapServers(), "compacted", true, "x".repeat(2000)))
                    .hasMessageContaining("RecordTooLarge");
        }
    }

    private static int portOf(EmbeddedKafka kafka) {
        String address = kafka.bootstrapServers();
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
}
