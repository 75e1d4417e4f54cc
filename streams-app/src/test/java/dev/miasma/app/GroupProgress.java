// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
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

    @Override
    public void close() {
        admin.close();
    }
}
