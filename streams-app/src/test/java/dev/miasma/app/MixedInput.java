// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.decode.RejectReason;
import dev.miasma.simulate.SimulatedQuery;
import dev.miasma.simulate.Traffic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Good, malformed and unscorable events in a random order of a fixed seed, spread over the partitions of a topic. */
final class MixedInput {
    private static final String UNKNOWN_ENDPOINT = "an endpoint without a model";

    /** What an event is meant to come to. */
    private enum Kind {
        GOOD,
        MALFORMED,
        LABEL_ONLY,
        NO_MODEL
    }

    private final JsonMapper json = new JsonMapper();
    private final TrainedTarget target = TrainedTarget.get();
    private final List<MalformedEvents.Malformed> malformed = MalformedEvents.all();
    private final Random random;
    private final Traffic traffic;
    private final Set<String> goodIds = new HashSet<>();
    private final Set<String> clients = new HashSet<>();
    private final Map<String, RejectReason> reasonByPosition = new HashMap<>();
    private int malformedSent;
    private int unscorable;

    MixedInput(long seed) {
        random = new Random(seed);
        traffic = target.traffic(seed, 30, 5, 0.1);
    }

    /** Publishes so many of each kind. */
    void publish(String bootstrapServers, String topic, int partitions, int good, int bad, int labelOnly, int noModel)
            throws ExecutionException, InterruptedException {
        List<Kind> kinds = new ArrayList<>();
        kinds.addAll(Collections.nCopies(good, Kind.GOOD));
        kinds.addAll(Collections.nCopies(bad, Kind.MALFORMED));
        kinds.addAll(Collections.nCopies(labelOnly, Kind.LABEL_ONLY));
        kinds.addAll(Collections.nCopies(noModel, Kind.NO_MODEL));
        Collections.shuffle(kinds, random);
        Map<Future<RecordMetadata>, RejectReason> rejected = new HashMap<>();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Kind kind : kinds) {
                MalformedEvents.@Nullable Malformed broken =
                        kind == Kind.MALFORMED ? malformed.get(malformedSent++ % malformed.size()) : null;
                byte @Nullable [] event = broken == null ? wellFormed(kind) : broken.event();
                byte[] key = new byte[random.nextInt(8)];
                random.nextBytes(key);
                var sent = producer.send(new ProducerRecord<>(topic, random.nextInt(partitions), key, event));
                if (broken != null) {
                    rejected.put(sent, broken.reason());
                }
            }
        }
        for (var one : rejected.entrySet()) {
            RecordMetadata place = one.getKey().get();
            reasonByPosition.put(position(topic, place.partition(), place.offset()), one.getValue());
        }
    }

    private byte[] wellFormed(Kind kind) {
        SimulatedQuery query = traffic.next();
        clients.add(query.client());
        ObjectNode event = json.createObjectNode()
                .put("id", query.id())
                .put("endpoint", kind == Kind.NO_MODEL ? UNKNOWN_ENDPOINT : TrainedTarget.ENDPOINT)
                .put("version", TrainedTarget.VERSION)
                .put("client", query.client())
                .put("time", query.timeMillis());
        if (kind == Kind.LABEL_ONLY) {
            event.put("label", "cat");
        } else {
            var posterior = event.putArray("posterior");
            for (double p : target.answer(query.features())) {
                posterior.add(p);
            }
        }
        if (kind == Kind.GOOD) {
            goodIds.add(query.id());
        } else {
            unscorable++;
        }
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String position(String topic, int partition, long offset) {
        return topic + "-" + partition + "-" + offset;
    }

    /** Ids of the events that have to be scored. */
    Set<String> goodIds() {
        return goodIds;
    }

    /** Names of the clients as they stand in the events. */
    Set<String> clients() {
        return clients;
    }

    /** The events that have to be rejected, by where they stand. */
    Map<String, RejectReason> reasonByPosition() {
        return reasonByPosition;
    }

    /** How many have nothing to be scored. */
    int unscorable() {
        return unscorable;
    }

    int total() {
        return goodIds.size() + reasonByPosition.size() + unscorable;
    }
}
