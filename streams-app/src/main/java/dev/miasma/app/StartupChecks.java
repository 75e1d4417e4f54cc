// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.OutputSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** What has to be right with Kafka before the monitor starts, each said in one line where it is not. */
final class StartupChecks {
    private static final int TIMEOUT_SECONDS = 15;

    private final MiasmaConfig config;
    private final Admin admin;

    private StartupChecks(MiasmaConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /** Settings of an admin client for this configuration. */
    static Map<String, Object> adminSettings(MiasmaConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", config.bootstrapServers()));
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return settings;
    }

    /**
     * Checks that the brokers answer and the topics are there, and creates missing output topics where that is wanted.
     *
     * @throws StartupException naming the first thing that is wrong
     */
    static void run(MiasmaConfig config) {
        try (Admin admin = admin(config)) {
            StartupChecks checks = new StartupChecks(config, admin);
            Set<String> topics = checks.topics();
            checks.requireInputs(topics);
            new CompactionChecks(config, admin).run(topics);
            checks.provideOutputs(topics);
            config.sanitised().ifPresent(settings -> checks.provideSanitised(settings.topic(), topics));
            Set<String> all = checks.topics();
            new AccessChecks(config, admin).run(all);
            new ReplicationChecks(config, admin).run(all);
        }
    }

    /**
     * Checks that the brokers answer and that one topic is there.
     *
     * @throws StartupException if not
     */
    static void requireTopic(MiasmaConfig config, String topic) {
        try (Admin admin = admin(config)) {
            if (!new StartupChecks(config, admin).topics().contains(topic)) {
                throw new StartupException(
                        "topic " + topic + " does not exist (or this user may not see it): create it, or name another");
            }
        }
    }

    private static Admin admin(MiasmaConfig config) {
        try {
            Map<String, Object> settings = adminSettings(config);
            // The log leaves out what this client says: the message of the check says it in one line.
            settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "miasma-startup");
            return Admin.create(settings);
        } catch (KafkaException e) {
            throw new StartupException("cannot make a Kafka client of this configuration: " + rootMessage(e));
        }
    }

    private Set<String> topics() {
        return await("list topics", admin.listTopics().names());
    }

    private void requireInputs(Set<String> topics) {
        Set<String> missing = new LinkedHashSet<>(config.input().topics());
        missing.removeAll(topics);
        if (!missing.isEmpty()) {
            throw new StartupException("input topic " + String.join(", ", missing)
                    + " does not exist, or this user may not see it ('miasma config --acls' prints the rights it needs):"
                    + " create it, or set " + ConfigKey.INPUT_TOPICS);
        }
    }

    private void provideOutputs(Set<String> topics) {
        OutputSettings out = config.outputs();
        List<NewTopic> missing = new ArrayList<>();
        for (String topic : List.of(out.alertsTopic(), out.riskTopic(), out.deadLetterTopic(), exemptions())) {
            if (!topic.isEmpty() && !topics.contains(topic)) {
                missing.add(new NewTopic(topic, out.partitions(), out.replication()));
            }
        }
        if (!missing.isEmpty()) {
            create(missing);
        }
    }

    private String exemptions() {
        return config.string(ConfigKey.EXEMPTIONS_TOPIC);
    }

    /** A prediction goes to the partition it came from, so that partition has to be there, and no other is of use. */
    private void provideSanitised(String topic, Set<String> topics) {
        Set<String> described = new LinkedHashSet<>(config.input().topics());
        if (topics.contains(topic)) {
            described.add(topic);
        }
        Map<String, Integer> partitions = new TreeMap<>();
        await("describe topics", admin.describeTopics(described).allTopicNames())
                .forEach((name, description) ->
                        partitions.put(name, description.partitions().size()));
        if (Set.copyOf(partitions.values()).size() > 1) {
            throw new StartupException(ConfigKey.SANITISED_TOPIC + " is '" + topic
                    + "', which needs as many partitions as every input topic; there are " + partitions);
        }
        if (!topics.contains(topic)) {
            int same = partitions.values().iterator().next();
            create(List.of(new NewTopic(topic, same, config.outputs().replication())));
        }
    }

    private void create(List<NewTopic> missing) {
        OutputSettings out = config.outputs();
        List<String> names = missing.stream().map(NewTopic::name).toList();
        if (!out.create()) {
            throw new StartupException("output topic " + String.join(", ", names) + " does not exist and "
                    + ConfigKey.TOPICS_CREATE + "=false: create it");
        }
        for (NewTopic topic : missing) {
            if (topic.name().equals(out.riskTopic()) || topic.name().equals(exemptions())) {
                topic.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            }
        }
        admin.createTopics(missing).values().forEach((name, created) -> {
            try {
                await("create topic " + name, created);
            } catch (TopicExistsException e) {
                // Another instance that starts beside us was faster.
            }
        });
    }

    private <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw explained(what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("interrupted while waiting to " + what);
        }
    }

    private RuntimeException explained(String what, Throwable cause) {
        return switch (cause) {
            case TopicExistsException exists -> exists;
            case org.apache.kafka.common.errors.TimeoutException timeout -> unreachable();
            case SslAuthenticationException refused ->
                new StartupException("the TLS handshake with Kafka failed: " + rootMessage(refused) + "; see "
                        + ConfigKey.KAFKA_PREFIX + "ssl.truststore.location and the brokers' certificate");
            case AuthenticationException refused ->
                new StartupException("Kafka does not accept this user: " + refused.getMessage());
            case AuthorizationException refused ->
                new StartupException("this Kafka user has no right to " + what + ": " + refused.getMessage()
                        + "; 'miasma config --acls' prints the rights it needs");
            default -> new StartupException("cannot " + what + ": " + cause.getMessage());
        };
    }

    private StartupException unreachable() {
        return new StartupException("no Kafka broker answers at " + String.join(", ", config.bootstrapServers())
                + ": start it, or set " + ConfigKey.BOOTSTRAP_SERVERS);
    }

    private static String rootMessage(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
