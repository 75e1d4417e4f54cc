// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker, with its own controller, inside this JVM and reachable on the loopback address only.
 *
 * <p>Transactions, consumer groups and everything else a real broker has are there; replicas and topics made by merely
 * naming them are not. A broker that fails does not end the JVM.
 *
 * <p>The owner closes it. {@link #close} may be called from a shutdown hook; an end of the JVM before {@link #start}
 * has returned is cleaned up after without the owner. All methods may be called from any thread.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int START_TRIES = 5;

    private final BrokerFolder folder;
    private final Map<String, String> overrides;
    private final int nodeId;
    private BrokerSettings settings;
    private @Nullable KafkaRaftServer server;
    private boolean closed;

    private EmbeddedKafka(BrokerFolder folder, Map<String, String> overrides, IntSupplier ports) {
        this.folder = folder;
        this.overrides = Map.copyOf(overrides);
        this.nodeId = folder.nodeId();
        this.settings = settingsOn(ports);
    }

    /** Whether the broker's libraries are on the class path; the container image leaves them out. */
    public static boolean isThere() {
        return EmbeddedKafka.class.getClassLoader().getResource("kafka/server/KafkaRaftServer.class") != null;
    }

    /**
     * Starts a broker in a temporary folder that {@link #close} deletes.
     *
     * @throws EmbeddedKafkaException if it cannot start
     */
    public static EmbeddedKafka start() {
        return start(Map.of());
    }

    /**
     * The same with broker settings of the caller's own, as {@link #start(Path, Map)} takes them.
     *
     * @throws EmbeddedKafkaException if it cannot start
     * @throws IllegalArgumentException if an override is not free to choose
     */
    public static EmbeddedKafka start(Map<String, String> brokerOverrides) {
        return start(BrokerFolder.temporary(), brokerOverrides, Ports::anyFree);
    }

    /**
     * Starts a broker on a folder, new or left by an earlier broker, that {@link #close} leaves as it is.
     *
     * @param brokerOverrides Kafka broker settings that replace or add to the ones for a small single broker; not those
     *     that say who and where the broker is, see {@link #fixedSettings}
     * @throws EmbeddedKafkaException if it cannot start
     * @throws IllegalArgumentException if an override is not free to choose
     */
    public static EmbeddedKafka start(Path folder, Map<String, String> brokerOverrides) {
        return start(BrokerFolder.at(folder), brokerOverrides, Ports::anyFree);
    }

    /** The broker settings that are not free to choose. */
    public static Set<String> fixedSettings() {
        return BrokerSettings.FIXED;
    }

    static EmbeddedKafka start(BrokerFolder folder, Map<String, String> overrides, IntSupplier ports) {
        // From here on until the caller has the broker in hand, nobody else can clean up after a Ctrl-C.
        Thread cleaner = new Thread(folder::discard, "miasma-kafka-cleaner");
        Runtime.getRuntime().addShutdownHook(cleaner);
        EmbeddedKafka kafka = null;
        try {
            kafka = new EmbeddedKafka(folder, overrides, ports);
            kafka.startOnFreePorts(ports);
            return kafka;
        } catch (RuntimeException e) {
            folder.discard();
            throw e;
        } finally {
            forget(cleaner);
        }
    }

    /** What clients put into {@code bootstrap.servers}; stays the same over restarts. */
    public synchronized String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /**
     * Makes a topic and waits until clients can use it.
     *
     * @throws EmbeddedKafkaException if it exists, the broker is down, or the broker refuses it
     */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Makes a topic with settings of its own, such as {@code cleanup.policy}, and waits until clients can use it.
     *
     * @throws EmbeddedKafkaException if it exists, the broker is down, or the broker refuses it
     */
    public void createTopic(String name, int partitions, Map<String, String> topicSettings) {
        Topics.create(bootstrapServers(), name, partitions, topicSettings);
    }

    /** Shuts the broker down and keeps its ports and data for {@link #restart}; does nothing if it is down. */
    public synchronized void stop() {
        KafkaRaftServer running = server;
        if (running == null) {
            return;
        }
        server = null;
        try {
            shutDown(running);
        } finally {
            ExitGuard.release();
        }
    }

    /**
     * Shuts the broker down if it is up, and starts it on the same ports and data.
     *
     * @throws EmbeddedKafkaException if it cannot start, for one because another process has taken a port meanwhile
     * @throws IllegalStateException if it has been closed
     */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("the embedded Kafka broker is closed");
        }
        stop();
        startOnce();
    }

    /**
     * Shuts the broker down and deletes its folder if that was temporary. Further calls do nothing. What cannot be
     * deleted is logged and left.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            folder.discard();
        }
    }

    private synchronized void startOnFreePorts(IntSupplier ports) {
        for (int i = 1; ; i++) {
            try {
                startOnce();
                return;
            } catch (EmbeddedKafkaException e) {
                // Kafka wraps a failed bind in more ways than are worth telling apart: ask the ports themselves.
                if (i == START_TRIES || settings.portsAreFree()) {
                    throw e;
                }
                LOG.info("{} is in use, trying other ports", bootstrapServers());
                settings = settingsOn(ports);
            }
        }
    }

    private BrokerSettings settingsOn(IntSupplier ports) {
        return new BrokerSettings(nodeId, folder.data(), ports.getAsInt(), ports.getAsInt(), overrides);
    }

    private void startOnce() {
        ExitGuard.acquire();
        KafkaRaftServer starting = null;
        long begin = System.nanoTime();
        try {
            var properties = settings.toProperties();
            folder.format(properties);
            starting = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } catch (Exception e) { // Scala throws checked exceptions it does not declare.
            if (starting != null) {
                shutDown(starting);
            }
            ExitGuard.release();
            throw new EmbeddedKafkaException(
                    "the embedded Kafka broker cannot start on " + settings.bootstrapServers() + " with its data in "
                            + folder.root() + ": " + e.getMessage(),
                    e);
        }
        LOG.debug(
                "embedded Kafka up after {} ms",
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static void shutDown(KafkaRaftServer server) {
        try {
            server.shutdown();
            server.awaitShutdown();
        } catch (Exception e) { // Scala throws checked exceptions it does not declare.
            LOG.warn("the embedded Kafka broker did not shut down cleanly: {}", e.toString());
        }
    }

    private static void forget(Thread shutdownHook) {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook is running already.
        }
    }
}
