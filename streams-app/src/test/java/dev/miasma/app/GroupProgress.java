// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** How far a group has come, as the broker sees it. */
final class GroupProgress implements AutoCloseable {
    private final Admin admin;
    private final String group;

    GroupProgress(String bootstrapServers, String group) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.group = group;
    }

    /** Records of a topic it has committed as done. */
    long done(String topic) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** Whether a topic has records of a transaction that is still open. */
    boolean hasWrittenUncommitted(String topic) throws ExecutionException, InterruptedException {
        return end(topic, IsolationLevel.READ_UNCOMMITTED) > end(topic, IsolationLevel.READ_COMMITTED);
    }

    private long end(String topic, IsolationLevel isolation) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        for (var description :
                admin.describeTopics(Set.of(topic)).allTopicNames().get().values()) {
            description
                    .partitions()
                    .forEach(partition ->
                            ask.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        }
        return admin.listOffsets(ask, new ListOffsetsOptions(isolation)).all().get().values().stream()
                .mapToLong(ListOffsetsResult.ListOffsetsResultInfo::offset)
                .sum();
    }

    /** Its members that have been given partitions. */
    Set<String> workingMembers() throws ExecutionException, InterruptedException {
        try {
            return description().members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Set.of(); // Nobody has joined yet.
            }
            throw e;
        }
    }

    private ConsumerGroupDescription description() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(Set.of(group))
                .describedGroups()
                .values()
                .iterator()
                .next()
                .get();
    }

    /** Who belongs to it and what they have, and which transactions of its members are open. */
    String describe() {
        try {
            Set<String> ours = admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(group))
                    .collect(Collectors.toSet());
            return description() + "\n" + admin.describeTransactions(ours).all().get();
        } catch (ExecutionException e) {
            return "the broker does not describe the group: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while asking for the group";
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
