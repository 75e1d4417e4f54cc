// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import dev.miasma.fixtures.DockerEngine;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker for the tests of one class: {@code @RegisterExtension static final KafkaForTests KAFKA = new
 * KafkaForTests();}
 *
 * <p>{@code -Dkafka=embedded}, the default, starts it in this JVM; {@code -Dkafka=container} starts Kafka's own image,
 * or skips the class where no Docker engine answers.
 */
public final class KafkaForTests implements BeforeAllCallback, AfterAllCallback {
    static final String PROPERTY = "kafka";
    private static final String IMAGE = "apache/kafka:4.3.1";

    private final Kind kind;
    private @Nullable Broker broker;

    /** Where the broker runs. */
    enum Kind {
        EMBEDDED,
        CONTAINER;

        /**
         * The kind a value of the system property asks for.
         *
         * @throws IllegalArgumentException if it is neither of the two
         */
        static Kind of(@Nullable String value) {
            if (value == null || value.isEmpty() || value.equals("embedded")) {
                return EMBEDDED;
            }
            if (value.equals("container")) {
                return CONTAINER;
            }
            throw new IllegalArgumentException(
                    "-D" + PROPERTY + "=" + value + " is unknown: it is either embedded or container");
        }
    }

    private record Broker(String bootstrapServers, AutoCloseable process) {}

    /** A broker of the kind the system property asks for. */
    public KafkaForTests() {
        this(Kind.of(System.getProperty(PROPERTY)));
    }

    KafkaForTests(Kind kind) {
        this.kind = kind;
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        if (broker == null) {
            throw new IllegalStateException("the broker runs only while the tests of its class do");
        }
        return broker.bootstrapServers();
    }

    /** Makes a topic and waits until clients can use it. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Makes a topic with settings of its own and waits until clients can use it. */
    public void createTopic(String name, int partitions, Map<String, String> topicSettings) {
        Topics.create(bootstrapServers(), name, partitions, topicSettings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        broker = switch (kind) {
            case EMBEDDED -> embedded();
            case CONTAINER -> container();
        };
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (broker != null) {
            broker.process().close();
            broker = null;
        }
    }

    private static Broker embedded() {
        EmbeddedKafka kafka = EmbeddedKafka.start();
        return new Broker(kafka.bootstrapServers(), kafka);
    }

    private static Broker container() {
        DockerEngine.require("-D" + PROPERTY + "=container");
        KafkaContainer kafka = new KafkaContainer(IMAGE).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        kafka.start();
        return new Broker(kafka.getBootstrapServers(), kafka);
    }
}
