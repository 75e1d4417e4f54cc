// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.detect.ClientFootprint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFootprintTest {
    private static final int CLASSES = 10;
    private static final int FEATURES = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 128, 5_000})
    void state_of_a_client_stays_within_the_budget_however_much_it_asks(int queries) {
        BenchQueries source = new BenchQueries(new BenchEvents(CLASSES, 1, FEATURES, 1));
        ClientFootprint footprint = new ClientFootprint(BenchQueries.config().detect(), source.models());

        for (int query = 0; query < queries; query++) {
            footprint.add(source.nextOf(0));
        }

        assertThat(footprint.clients()).isOne();
        assertThat(footprint.stateBytes()).isBetween(50L, 200L);
        assertThat(footprint.storedBytes()).isGreaterThan(footprint.stateBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, FEATURES})
    void what_was_asked_counts_beside_the_state(int features) {
        BenchQueries source = new BenchQueries(new BenchEvents(CLASSES, 1, features, 1));
        ClientFootprint footprint = new ClientFootprint(BenchQueries.config().detect(), source.models());

        for (int query = 0; query < 128; query++) {
            footprint.add(source.nextOf(0));
        }

        // Bloom filters for 32, 64 and 128 queries at 12 bits each; fingerprints of the last 64, 36 bytes each.
        int asked = (32 + 64 + 128) * 12 / Byte.SIZE + (features == 0 ? 0 : 64 * 36);
        int heads = Integer.BYTES + 1 + 1;
        assertThat(footprint.storedBytes() - footprint.stateBytes()).isEqualTo(asked + heads);
    }
}
