// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether topics that keep the last word on each key are compacted: one that somebody made without forgets what is older
 * than its retention, and nothing else would tell. Only warns, and only where this user may see a topic's settings.
 */
final class CompactionChecks {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionChecks.class);
    private static final int TIMEOUT_SECONDS = 15;

    private final Admin admin;

    /** What is lost with the old records of a topic. */
    private final Map<String, String> losses = new LinkedHashMap<>();

    CompactionChecks(MiasmaConfig config, Admin admin) {
        this.admin = admin;
        losses.put(
                config.outputs().riskTopic(),
                "the risk of clients whose band has not changed for longer than its retention is no longer in it");
        String exemptions = config.string(ConfigKey.EXEMPTIONS_TOPIC);
        if (!exemptions.isEmpty()) {
            losses.put(exemptions, "exemptions end with its retention, whatever they say themselves");
        }
    }

    /**
     * Warns of each that is not.
     *
     * @param topics all that are there
     */
    void run(Set<String> topics) {
        losses.forEach((topic, loss) -> {
            if (topics.contains(topic)) {
                check(topic, loss);
            }
        });
    }

    private void check(String topic, String loss) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config settings = admin.describeConfigs(Set.of(resource))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next();
            ConfigEntry entry = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            String policy = entry == null ? TopicConfig.CLEANUP_POLICY_COMPACT : entry.value();
            if (!policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                LOG.warn(
                        "topic {} has {}={}: {}; set it to {}",
                        topic,
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        policy,
                        loss,
                        TopicConfig.CLEANUP_POLICY_COMPACT);
            }
        } catch (ExecutionException | TimeoutException e) {
            // The right to see a topic's settings is not among those that are asked for.
            LOG.debug("cannot see the settings of topic {}", topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted");
        }
    }
}
