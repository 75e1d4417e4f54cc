// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.score.KnownModel;
import dev.miasma.score.KnownModels;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the states of endpoints from outside of the stream threads: an interactive query. */
public final class EndpointsStore {
    private final KnownModels models;

    /** @param models that scored */
    public EndpointsStore(KnownModels models) {
        this.models = models;
    }

    /** The versions of the endpoints that this instance watches as a whole. */
    public List<VersionScores> versions(SubjectsStore.Stores stores) {
        ReadOnlyKeyValueStore<String, EndpointState> states = stores.get(StoreQueryParameters.fromNameAndType(
                EndpointStateStore.NAME, QueryableStoreTypes.<String, EndpointState>keyValueStore()));
        List<VersionScores> found = new ArrayList<>();
        try (KeyValueIterator<String, EndpointState> all = states.all()) {
            all.forEachRemaining(entry -> {
                for (VersionState version : entry.value.versions) {
                    found.add(scores(entry.key, version));
                }
            });
        }
        return found;
    }

    private VersionScores scores(String endpoint, VersionState version) {
        long[] bins = version.recent.counts();
        String id = version.recent.model;
        KnownModel model = models.byId(id);
        if (model == null || bins.length > model.bins()) {
            return new VersionScores(endpoint, version.version, id, bins, null, null);
        }
        return new VersionScores(
                endpoint, version.version, id, bins, MemberShare.of(model.memberShare(bins)), model.drift(bins));
    }
}
