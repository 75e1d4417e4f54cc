// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.score.KnownModel;
import dev.miasma.score.KnownModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads the states of a level from outside of the stream threads: an interactive query. What it reads are copies, so the
 * stream goes on meanwhile.
 */
public final class SubjectsStore {
    private final Level level;
    private final double threshold;
    private final Sensors sensors;
    private final KnownModels models;
    private final EvidencePaths paths;

    /** The states themselves, which nobody outside of this package can read. */
    public static final class States {
        private final ReadOnlyKeyValueStore<String, ClientState> store;

        private States(ReadOnlyKeyValueStore<String, ClientState> store) {
            this.store = store;
        }
    }

    /** Asks Kafka Streams for a store. */
    @FunctionalInterface
    public interface Stores {
        /** The store, as {@code KafkaStreams.store} gives it. */
        <T> T get(StoreQueryParameters<T> parameters);
    }

    /** @param paths of the same level's subjects */
    public SubjectsStore(Level level, DetectSettings settings, KnownModels models, EvidencePaths paths) {
        this.level = level;
        this.models = models;
        this.paths = paths;
        threshold = settings.threshold();
        sensors = Sensors.of(level, settings.sensors());
    }

    /** The states that this instance holds now. */
    public States open(Stores stores) {
        return new States(stores.get(StoreQueryParameters.fromNameAndType(
                ClientStateStore.nameOf(level), QueryableStoreTypes.<String, ClientState>keyValueStore())));
    }

    /** Whose states they are. */
    public Level level() {
        return level;
    }

    /** Goes through all subjects, without their details. */
    public void forEach(States states, Consumer<Subject> each) {
        try (KeyValueIterator<String, ClientState> all = states.store.all()) {
            while (all.hasNext()) {
                KeyValue<String, ClientState> entry = all.next();
                each.accept(subject(entry.key, entry.value, false));
            }
        }
    }

    /** Goes through the subjects whose id begins with something, in the order of their ids, without details. */
    public void forEach(States states, String prefix, Predicate<Subject> more) {
        try (KeyValueIterator<String, ClientState> some = states.store.prefixScan(prefix, new StringSerializer())) {
            while (some.hasNext()) {
                KeyValue<String, ClientState> entry = some.next();
                if (!more.test(subject(entry.key, entry.value, false))) {
                    return;
                }
            }
        }
    }

    /** A subject at all endpoints that it asks, with details; empty where it is not here. */
    public List<Subject> of(States states, String id) {
        List<Subject> found = new ArrayList<>();
        try (KeyValueIterator<String, ClientState> some =
                states.store.prefixScan(id + '\u0000', new StringSerializer())) {
            while (some.hasNext()) {
                KeyValue<String, ClientState> entry = some.next();
                Subject subject = subject(entry.key, entry.value, true);
                if (subject.id().equals(id)) {
                    found.add(subject);
                }
            }
        }
        return found;
    }

    /** The share of members among the queries of a subject; null where that is not known. */
    public @Nullable MemberShare memberShare(States states, String id, String endpoint) {
        ClientState state = states.store.get(id + '\u0000' + endpoint);
        return state == null ? null : memberShare(state.tally);
    }

    private Subject subject(String key, ClientState state, boolean detailed) {
        int end = key.lastIndexOf('\u0000');
        Tally tally = state.tally;
        return new Subject(
                level,
                key.substring(0, end),
                key.substring(end + 1),
                sensors.evidence(state),
                threshold,
                state.band,
                tally.queries,
                tally.sinceMillis,
                state.lastSeenMillis,
                state.alarms,
                detailed ? new Subject.Detail(memberShare(tally), readings(state), paths.of(level, key)) : null);
    }

    private List<Subject.Reading> readings(ClientState state) {
        return Arrays.stream(sensors.all())
                .map(sensor -> reading(sensor.place(), state))
                .toList();
    }

    private Subject.Reading reading(int place, ClientState state) {
        Tally tally = state.tally;
        double evidence = sensors.evidence(state, place);
        String name = Sensor.NAMES.get(place);
        return switch (place) {
            case Sensor.NEIGHBOURHOOD -> new Subject.Reading(name, evidence, tally.near, tally.compared);
            case Sensor.CLIMB -> new Subject.Reading(name, evidence, tally.climbed, tally.compared);
            case Sensor.REPEAT -> new Subject.Reading(name, evidence, tally.queries - tally.firstSights, tally.queries);
            case Sensor.TRAINING_HIT -> new Subject.Reading(name, evidence, tally.hits, tally.checked);
            default -> new Subject.Reading(name, evidence, tally.flagged, tally.scored());
        };
    }

    private @Nullable MemberShare memberShare(Tally tally) {
        KnownModel model = models.byIdHash(tally.binsModel);
        if (model == null || tally.bins.length > model.bins()) {
            return null;
        }
        return MemberShare.of(
                model.memberShare(Arrays.stream(tally.bins).asLongStream().toArray()));
    }
}
