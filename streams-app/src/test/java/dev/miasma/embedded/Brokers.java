// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Brokers that can be killed: each in a JVM of its own, each also a voter of the controllers' quorum. Beside the listener
 * for everyone there is one that is reached through a {@link PausableProxy} only.
 */
public final class Brokers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<BrokerProcess> processes = new ArrayList<>();
    private final List<Integer> ports;
    private final List<PausableProxy> proxies = new ArrayList<>();

    private Brokers(List<Integer> ports) {
        this.ports = ports;
    }

    /**
     * Starts so many brokers and waits until clients can use them.
     *
     * @param folder for their data and logs
     * @param overrides Kafka broker settings that add to or replace the ones for a small cluster
     */
    public static Brokers start(Path folder, int count, Map<String, String> overrides) throws IOException {
        List<Integer> clients = freePorts(count);
        List<Integer> controllers = freePorts(count);
        Brokers brokers = new Brokers(clients);
        String clusterId = Uuid.randomUuid().toString();
        String voters = IntStream.range(0, count)
                .mapToObj(i -> (i + 1) + "@" + Ports.LOOPBACK + ":" + controllers.get(i))
                .collect(Collectors.joining(","));
        for (int i = 0; i < count; i++) {
            int proxied = Ports.anyFree();
            PausableProxy proxy = PausableProxy.start(proxied);
            brokers.proxies.add(proxy);
            Properties properties =
                    new BrokerSettings(i + 1, folder, clients.get(i), controllers.get(i), Map.of()).toProperties();
            String direct = "CLIENTS://" + Ports.LOOPBACK + ":" + clients.get(i);
            properties.setProperty(
                    "listeners",
                    direct + ",PROXIED://" + Ports.LOOPBACK + ":" + proxied + ",CONTROLLER://" + Ports.LOOPBACK + ":"
                            + controllers.get(i));
            properties.setProperty(
                    "advertised.listeners", direct + ",PROXIED://" + Ports.LOOPBACK + ":" + proxy.port());
            properties.setProperty(
                    "listener.security.protocol.map", "CLIENTS:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT");
            properties.setProperty("controller.quorum.voters", voters);
            properties.putAll(overrides);
            brokers.processes.add(new BrokerProcess(folder.resolve("broker-" + (i + 1)), clusterId, properties));
        }
        for (BrokerProcess process : brokers.processes) {
            process.start();
        }
        brokers.awaitAll();
        return brokers;
    }

    /** Settings under which everything that Kafka itself keeps is on three brokers, and two suffice to write. */
    public static Map<String, String> replicated() {
        return Map.of(
                "offsets.topic.replication.factor", "3",
                "transaction.state.log.replication.factor", "3",
                "transaction.state.log.min.isr", "2",
                "default.replication.factor", "3",
                "min.insync.replicas", "2",
                // A broker that is gone is noticed at once.
                "broker.session.timeout.ms", "3000",
                "broker.heartbeat.interval.ms", "500");
    }

    /** What clients put into {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return ports.stream().map(port -> Ports.LOOPBACK + ":" + port).collect(Collectors.joining(","));
    }

    /** The same for clients whose network can be cut. */
    public String proxiedServers() {
        return proxies.stream()
                .map(proxy -> Ports.LOOPBACK + ":" + proxy.port())
                .collect(Collectors.joining(","));
    }

    /** From now on nothing gets through to those who come over the proxies, nor back. */
    public void cutNetwork() {
        proxies.forEach(PausableProxy::pause);
    }

    /** Lets through what has waited, and everything after it. */
    public void mendNetwork() {
        proxies.forEach(PausableProxy::resume);
    }

    /** Kills a broker, the first of which is number 1. */
    public void kill(int number) throws InterruptedException {
        processes.get(number - 1).kill();
    }

    /** Has a broker end in order. */
    public void stop(int number) throws InterruptedException {
        processes.get(number - 1).stop();
    }

    /** Starts a broker that is down on the data it left, and waits until it has what the others have. */
    public void startAgain(int number) throws IOException {
        processes.get(number - 1).start();
        awaitAll();
        awaitReplicas();
    }

    /** So that the next one can be killed, and no partition is left without a leader. */
    private void awaitReplicas() {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> inSync(admin));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "not all replicas are in sync after " + PATIENCE.toSeconds() + " s; the brokers logged\n"
                            + endOfLogs(),
                    e);
        }
    }

    private static boolean inSync(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition ->
                        partition.isr().size() == partition.replicas().size());
    }

    /** Makes a topic that is on every broker, and waits for the leader of each partition. */
    public void createTopic(String name, int partitions, Map<String, String> topicSettings) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers()))) {
            NewTopic wanted = new NewTopic(name, partitions, (short) processes.size()).configs(topicSettings);
            admin.createTopics(List.of(wanted)).all().get();
            Topics.awaitLeaders(admin, name, partitions);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot make topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topic " + name, e);
        }
    }

    private void awaitAll() {
        try (Admin admin = Admin.create(Map.<String, Object>of(
                "bootstrap.servers",
                bootstrapServers(),
                "request.timeout.ms",
                2_000,
                "default.api.timeout.ms",
                5_000))) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() -> admin.describeCluster().nodes().get().size() == processes.size());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "not all brokers are there after " + PATIENCE.toSeconds() + " s; they logged\n" + endOfLogs(), e);
        }
    }

    /** The last lines that each of them printed. */
    public String endOfLogs() {
        return processes.stream().map(BrokerProcess::endOfLog).collect(Collectors.joining("\n"));
    }

    /** A port that is free now. */
    public static int freePort() {
        return Ports.anyFree();
    }

    private static List<Integer> freePorts(int count) {
        return IntStream.range(0, count).mapToObj(i -> Ports.anyFree()).toList();
    }

    @Override
    public void close() {
        processes.forEach(BrokerProcess::close);
        proxies.forEach(PausableProxy::close);
    }
}
