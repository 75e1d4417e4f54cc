// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.topology.AccessList;
import dev.miasma.topology.AccessList.Right;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Whether this user has the rights of {@link AccessList}, as far as Kafka tells beforehand: a right that is missing would
 * otherwise show as a thread that dies, or, of internal topics that fill up, not at all. Changes nothing.
 */
final class AccessChecks {
    private static final int TIMEOUT_SECONDS = 15;

    private final MiasmaConfig config;
    private final Admin admin;

    AccessChecks(MiasmaConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /**
     * Checks the rights on what is there, and the right to create what is not.
     *
     * @param topics all topics this user may see
     * @throws StartupException naming the rights that are missing
     */
    void run(Set<String> topics) {
        List<Right> missing = new ArrayList<>();
        Map<String, Set<AclOperation>> allowed = allowed(topics);
        for (Right right : AccessList.of(config)) {
            if (!has(right, allowed)) {
                missing.add(right);
            }
        }
        if (!missing.isEmpty()) {
            throw new StartupException("this Kafka user has no right to "
                    + String.join(", ", missing.stream().map(Right::toString).toList())
                    + ": grant it; 'miasma config --acls' prints the commands");
        }
    }

    private boolean has(Right right, Map<String, Set<AclOperation>> allowed) {
        if (right.type() == ResourceType.GROUP) {
            return answered(admin.listConsumerGroupOffsets(right.name()).partitionsToOffsetAndMetadata());
        }
        if (right.type() == ResourceType.TRANSACTIONAL_ID) {
            String id = right.name() + "access-check";
            return answered(admin.describeTransactions(List.of(id)).description(id));
        }
        if (right.operation() == AclOperation.CREATE) {
            return !right.prefixed() || mayCreate(right.name() + "access-check");
        }
        return allowed.entrySet().stream()
                .filter(topic -> right.prefixed()
                        ? topic.getKey().startsWith(right.name())
                        : topic.getKey().equals(right.name()))
                .allMatch(topic -> topic.getValue().contains(right.operation()));
    }

    /** Of a topic that is to be created it is the creation that tells. */
    private boolean mayCreate(String topic) {
        NewTopic probe = new NewTopic(topic, 1, config.outputs().replication());
        return answered(admin.createTopics(List.of(probe), new CreateTopicsOptions().validateOnly(true))
                .all());
    }

    /** What is allowed on each of our topics that is there, be it only nothing at all. */
    private Map<String, Set<AclOperation>> allowed(Set<String> topics) {
        Set<String> ours = new LinkedHashSet<>();
        for (Right right : AccessList.of(config)) {
            if (right.type() == ResourceType.TOPIC && right.prefixed()) {
                topics.stream().filter(topic -> topic.startsWith(right.name())).forEach(ours::add);
            } else if (right.type() == ResourceType.TOPIC) {
                // Even where it is not among those this user may see: that may be for want of the right.
                ours.add(right.name());
            }
        }
        Map<String, Set<AclOperation>> allowed = new HashMap<>();
        var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        admin.describeTopics(ours, options).topicNameValues().forEach((name, topic) -> {
            Set<AclOperation> operations = operations(topic);
            if (operations != null) {
                allowed.put(name, operations);
            }
        });
        return allowed;
    }

    /** Null where nothing is known: the topic is not there, or the brokers are too old to tell. */
    private static @Nullable Set<AclOperation> operations(KafkaFuture<TopicDescription> topic) {
        try {
            return topic.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).authorizedOperations();
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException ? Set.of() : null;
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static StartupException interrupted() {
        Thread.currentThread().interrupt();
        return new StartupException("interrupted");
    }

    /** Only a refusal counts: what else can go wrong with a question about nothing shows where it matters. */
    private static boolean answered(KafkaFuture<?> future) {
        try {
            future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return !(e.getCause() instanceof AuthorizationException);
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }
}
