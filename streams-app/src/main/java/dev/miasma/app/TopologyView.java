// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.serve.TopologyPage;
import dev.miasma.serve.TopologyPage.Edge;
import dev.miasma.serve.TopologyPage.Instance;
import dev.miasma.serve.TopologyPage.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;

/** The topology as a graph, and what of it this instance does. */
final class TopologyView implements Supplier<TopologyPage> {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private final KafkaStreams streams;
    private final String name;
    private final String self;

    /**
     * @param name of this instance
     * @param self host:port of its HTTP side
     */
    TopologyView(Topology topology, KafkaStreams streams, String name, String self) {
        this.streams = streams;
        this.name = name;
        this.self = self;
        TopologyDescription description = topology.describe();
        for (TopologyDescription.Subtopology part : description.subtopologies()) {
            part.nodes().forEach(node -> add(node, part.id()));
        }
        for (TopologyDescription.GlobalStore global : description.globalStores()) {
            add(global.source(), global.id());
            add(global.processor(), global.id());
        }
    }

    private void add(TopologyDescription.Node node, int part) {
        switch (node) {
            case TopologyDescription.Source source -> {
                put(node.name(), node.name(), "source", part);
                source.topicSet().forEach(topic -> edges.add(new Edge(topic(topic), node.name())));
            }
            case TopologyDescription.Sink sink -> {
                put(node.name(), node.name(), "sink", part);
                edges.add(new Edge(node.name(), topic(sink.topic())));
            }
            case TopologyDescription.Processor processor -> {
                put(node.name(), node.name(), "processor", part);
                for (String store : processor.stores()) {
                    put("store:" + store, store, "store", part);
                    edges.add(new Edge(node.name(), "store:" + store));
                }
            }
            default -> throw new IllegalStateException("a node of no known kind: " + node);
        }
        node.successors().forEach(next -> edges.add(new Edge(node.name(), next.name())));
    }

    private String topic(String topic) {
        put("topic:" + topic, topic, "topic", null);
        return "topic:" + topic;
    }

    private void put(String id, String label, String kind, @Nullable Integer part) {
        nodes.putIfAbsent(id, new Node(id, label, kind, part));
    }

    @Override
    public TopologyPage get() {
        return new TopologyPage(List.copyOf(nodes.values()), List.copyOf(edges), List.of(instance()), List.of());
    }

    private Instance instance() {
        Set<String> tasks = new TreeSet<>();
        long lag = 0;
        Set<ThreadMetadata> threads =
                streams.state().isRunningOrRebalancing() ? streams.metadataForLocalThreads() : Set.of();
        for (ThreadMetadata thread : threads) {
            for (TaskMetadata task : thread.activeTasks()) {
                tasks.add(task.taskId().toString());
                lag += lag(task);
            }
        }
        return new Instance(
                name,
                self,
                streams.state().name(),
                threads.size(),
                List.copyOf(tasks),
                threads.isEmpty() ? null : Long.valueOf(lag));
    }

    /** Of what the consumer has seen the end of; -1 stands for not known. */
    private static long lag(TaskMetadata task) {
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : task.endOffsets().entrySet()) {
            long committed = task.committedOffsets().getOrDefault(end.getKey(), -1L);
            lag += end.getValue() < 0 ? 0 : Math.max(0, end.getValue() - Math.max(0, committed));
        }
        return lag;
    }
}
