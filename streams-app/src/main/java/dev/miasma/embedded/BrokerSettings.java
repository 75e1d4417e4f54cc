// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The configuration of a single small broker.
 *
 * @param nodeId its identity
 * @param data its data folder
 * @param clientPort where clients connect
 * @param controllerPort where it talks with its own controller
 * @param overrides what differs from the defaults here; none of {@link #FIXED}
 */
record BrokerSettings(int nodeId, Path data, int clientPort, int controllerPort, Map<String, String> overrides) {
    /** What this class decides and no override may. */
    static final Set<String> FIXED = Set.of(
            "process.roles",
            "node.id",
            "log.dir",
            "log.dirs",
            "metadata.log.dir",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "inter.broker.listener.name",
            "controller.listener.names",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers");

    // One broker has no replicas, and a laptop no need of 50 partitions for each internal topic.
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // Retention goes by the time in a record: what is said of made-up or replayed traffic of last year would go
            // at
            // once. The broker's folder goes with it anyway.
            Map.entry("log.retention.ms", "-1"),
            // A misspelt topic is an error and not a new topic.
            Map.entry("auto.create.topics.enable", "false"),
            // The default takes 128 MB of heap at once.
            Map.entry("log.cleaner.dedupe.buffer.size", "8388608"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"));

    BrokerSettings {
        for (String key : overrides.keySet()) {
            if (FIXED.contains(key)) {
                throw new IllegalArgumentException("the embedded Kafka broker sets " + key + " itself");
            }
        }
    }

    String bootstrapServers() {
        return Ports.LOOPBACK + ":" + clientPort;
    }

    boolean portsAreFree() {
        return clientPort != controllerPort && Ports.isFree(clientPort) && Ports.isFree(controllerPort);
    }

    Properties toProperties() {
        String clients = "CLIENTS://" + Ports.LOOPBACK + ":" + clientPort;
        String controller = Ports.LOOPBACK + ":" + controllerPort;
        Properties properties = new Properties();
        properties.putAll(DEFAULTS);
        properties.putAll(overrides);
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(nodeId));
        properties.setProperty("log.dirs", data.toString());
        properties.setProperty("listeners", clients + ",CONTROLLER://" + controller);
        properties.setProperty("advertised.listeners", clients);
        properties.setProperty("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("inter.broker.listener.name", "CLIENTS");
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("controller.quorum.voters", nodeId + "@" + controller);
        return properties;
    }
}
