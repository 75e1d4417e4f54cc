// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/**
 * Where results go.
 *
 * @param alertsTopic topic of the alerts
 * @param riskTopic compacted topic of client risk
 * @param deadLetterTopic topic of rejected events
 * @param deadLetterPayload whether dead letters carry the event itself
 * @param create whether missing topics are created
 * @param partitions partitions of created topics
 * @param replication replication factor of created topics, -1 for the broker's default
 */
public record OutputSettings(
        String alertsTopic,
        String riskTopic,
        String deadLetterTopic,
        boolean deadLetterPayload,
        boolean create,
        int partitions,
        short replication) {}
