// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.config.MiasmaConfig;
import dev.miasma.detect.CacheBudget;
import dev.miasma.detect.ClientMemoryStore;
import dev.miasma.detect.ClientStateStore;
import dev.miasma.detect.EndpointStateStore;
import dev.miasma.detect.LeakBlockStore;
import dev.miasma.detect.Level;
import dev.miasma.detect.PlainStoreProcessor;
import org.apache.kafka.streams.StreamsBuilder;

/** The stores of the monitor, and which stage uses which. */
final class MonitorStores {
    /** One byte in so many of the cache is for cohorts, of which there are few. */
    private static final int COHORTS_PART = 8;

    private final long cacheBytes;
    private final boolean plain;

    /** @param plain for states of clients in a plain key-value store, which has all of them in one place */
    MonitorStores(MiasmaConfig config, boolean plain) {
        cacheBytes = config.stateCacheBytes();
        this.plain = plain;
    }

    void addTo(StreamsBuilder builder) {
        long cohortBytes = cacheBytes / COHORTS_PART;
        if (plain) {
            builder.addStateStore(PlainStoreProcessor.store());
        } else {
            builder.addStateStore(ClientStateStore.builder(Level.CLIENT, new CacheBudget(cacheBytes - cohortBytes)));
            builder.addStateStore(ClientMemoryStore.builder(Level.CLIENT));
        }
        builder.addStateStore(ClientStateStore.builder(Level.COHORT, new CacheBudget(cohortBytes)));
        builder.addStateStore(ClientMemoryStore.builder(Level.COHORT));
        builder.addStateStore(LeakBlockStore.builder());
        builder.addStateStore(EndpointStateStore.builder());
    }

    /** Names of those of the stage that detects clients. */
    String[] ofClients() {
        return plain
                ? new String[] {ClientStateStore.CLIENTS, LeakBlockStore.NAME}
                : new String[] {ClientStateStore.CLIENTS, ClientMemoryStore.CLIENTS, LeakBlockStore.NAME};
    }

    /** Names of those of the stage that detects cohorts. */
    String[] ofCohorts() {
        return new String[] {ClientStateStore.COHORTS, ClientMemoryStore.COHORTS};
    }
}
