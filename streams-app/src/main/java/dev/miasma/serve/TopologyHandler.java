// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The topology, which is the same everywhere, and its instances. */
final class TopologyHandler {
    static final List<String> PARAMETERS = List.of(Query.SCOPE);

    private final Supplier<TopologyPage> own;
    private final Peers peers;

    TopologyHandler(Supplier<TopologyPage> own, Peers peers) {
        this.own = own;
        this.peers = peers;
    }

    Reply show(Request request) {
        boolean local = request.query().local();
        TopologyPage here = own.get();
        if (local) {
            return Reply.json(here);
        }
        Peers.Gathered<TopologyPage> others =
                peers.askAll("/api/v1/topology?" + request.query().forPeer(), TopologyPage.class);
        List<TopologyPage.Instance> instances = Stream.concat(
                        here.instances().stream(), others.answers().stream().flatMap(page -> page.instances().stream()))
                .toList();
        return Reply.json(new TopologyPage(here.nodes(), here.edges(), instances, others.unreachable()));
    }
}
