// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether the monitor's topics outlive a broker. While a partition has no leader, because its only broker has crashed, Kafka
 * takes it for deleted and leaves it out when it ends a transaction, so that of one transaction some topics keep their part
 * and others do not: queries then count twice, or not at all. Only warns.
 */
final class ReplicationChecks {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicationChecks.class);
    private static final int TIMEOUT_SECONDS = 15;

    private final MiasmaConfig config;
    private final Admin admin;

    ReplicationChecks(MiasmaConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /**
     * Names the topics with one replica; a warning where there are brokers for more.
     *
     * @param topics all topics this user may see
     */
    void run(Set<String> topics) {
        try {
            List<String> single = new ArrayList<>();
            for (TopicDescription topic : admin.describeTopics(written(topics))
                    .allTopicNames()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .values()) {
                if (topic.partitions().stream()
                        .anyMatch(partition -> partition.replicas().size() == 1)) {
                    single.add(topic.name());
                }
            }
            if (!single.isEmpty()) {
                single.sort(null);
                LOG.atLevel(brokers() > 1 ? Level.WARN : Level.INFO)
                        .log(
                                "topics with one replica: {}; if its broker crashes, queries of that moment may count twice"
                                        + " or not at all. Give them more, and Kafka's own topics __transaction_state and"
                                        + " __consumer_offsets as well",
                                String.join(", ", single));
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("cannot see how many replicas topics have", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted");
        }
    }

    /** The topics that are there of those the monitor writes to in its transactions. */
    private Set<String> written(Set<String> topics) {
        String internal = config.string(ConfigKey.APPLICATION_ID) + "-";
        Set<String> outputs = new LinkedHashSet<>(List.of(
                config.outputs().alertsTopic(),
                config.outputs().riskTopic(),
                config.outputs().deadLetterTopic()));
        config.sanitised().ifPresent(settings -> outputs.add(settings.topic()));
        Set<String> written = new LinkedHashSet<>();
        for (String topic : topics) {
            if (outputs.contains(topic) || topic.startsWith(internal)) {
                written.add(topic);
            }
        }
        return written;
    }

    private int brokers() throws ExecutionException, InterruptedException, TimeoutException {
        return admin.describeCluster()
                .nodes()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .size();
    }
}
