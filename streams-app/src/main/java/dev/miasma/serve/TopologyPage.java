// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stages, stores and topics, and which instance does what.
 *
 * @param nodes of the graph
 * @param edges of the graph
 * @param instances those that answered
 * @param unreachable those that did not
 */
public record TopologyPage(List<Node> nodes, List<Edge> edges, List<Instance> instances, List<String> unreachable) {

    /**
     * A node.
     *
     * @param id unique
     * @param label its name
     * @param kind "source", "processor", "store", "sink" or "topic"
     * @param subtopology number of the part it is in; null for a topic
     */
    public record Node(
            String id, String label, String kind, @Nullable Integer subtopology) {}

    /** Where records go, or which stage has which store. */
    public record Edge(String from, String to) {}

    /**
     * An instance.
     *
     * @param id its name
     * @param host host:port of its HTTP side
     * @param state state of its stream
     * @param threads number of its stream threads
     * @param tasks its active tasks
     * @param lag records that wait for them; null where not known
     */
    public record Instance(
            String id,
            String host,
            String state,
            int threads,
            List<String> tasks,
            @Nullable Long lag) {}
}
