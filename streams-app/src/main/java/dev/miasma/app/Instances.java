// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.detect.ClientStateStore;
import dev.miasma.serve.Fleet;
import dev.miasma.serve.ProblemException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** The instances of an application, as Kafka Streams knows them from the last rebalance. */
final class Instances implements Fleet {
    private final KafkaStreams streams;
    private final LocalStates states;
    private final String self;
    private final boolean placedByProducer;

    /**
     * @param self host:port, as {@code application.server} has it
     * @param placedByProducer whether the input's own partitions decide who holds a client, which only its producers know
     */
    Instances(KafkaStreams streams, LocalStates states, String self, boolean placedByProducer) {
        this.streams = streams;
        this.states = states;
        this.self = self;
        this.placedByProducer = placedByProducer;
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public List<String> others() {
        if (!streams.state().isRunningOrRebalancing()) {
            return List.of();
        }
        return streams.metadataForAllStreamsClients().stream()
                .map(StreamsMetadata::hostInfo)
                .filter(host -> !host.equals(HostInfo.unavailable()))
                .map(Instances::name)
                .filter(name -> !name.equals(self))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<String> holdersOf(String client) {
        states.requireRunning();
        if (placedByProducer) {
            return Stream.concat(Stream.of(self), others().stream()).toList();
        }
        KeyQueryMetadata place = streams.queryMetadataForKey(ClientStateStore.CLIENTS, client, new StringSerializer());
        if (place == null || place.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            throw ProblemException.unavailable("it is just being settled which instance holds what");
        }
        String holder = name(place.activeHost());
        if (holder.equals(self) && !states.has(partition(place.partition()))) {
            throw ProblemException.badGateway(
                    "another instance has the address of this one, " + self + ": set http.advertised for each");
        }
        return List.of(holder);
    }

    private static StoreQueryParameters<?> partition(int partition) {
        return StoreQueryParameters.fromNameAndType(
                        ClientStateStore.CLIENTS, QueryableStoreTypes.<String, Object>keyValueStore())
                .withPartition(partition);
    }

    private static String name(HostInfo host) {
        return host.host().contains(":") && !host.host().startsWith("[")
                ? "[" + host.host() + "]:" + host.port()
                : host.host() + ":" + host.port();
    }
}
