// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import static dev.miasma.detect.WriteBehindCacheTest.BYTES;
import static dev.miasma.detect.WriteBehindCacheTest.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miasma.detect.WriteBehindCacheTest.Count;
import dev.miasma.detect.WriteBehindCacheTest.Written;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;

/** A cache in whatever order things may happen to it. */
class WriteBehindCacheModelTest {
    /** A cache beside a plain map of what has to be in it, and a copy of what a crash would leave. */
    static final class World {
        private final CacheBudget budget = new CacheBudget(3L * BYTES);
        private final Written store = new Written();
        private final WriteBehindCache<Count> cache = new WriteBehindCache<>(store, count -> BYTES, budget, 2);
        private final Map<String, Integer> expected = new TreeMap<>();
        private final Map<String, Integer> committed = new TreeMap<>();
        private boolean crowded;

        void look(String key) {
            Count count = cache.find(key);
            assertThat(count == null ? null : (Integer) count.value).isEqualTo(expected.get(key));
        }

        void increase(String key) {
            look(key);
            change(cache, key);
            expected.merge(key, 1, Integer::sum);
        }

        void replace(String key) {
            cache.keep(key, new Count(1000));
            expected.put(key, 1000);
        }

        void drop(String key) {
            cache.drop(key);
            expected.remove(key);
        }

        void commit() {
            cache.writeChanged();
            assertThat(store.values).isEqualTo(expected);
            committed.clear();
            committed.putAll(expected);
        }

        /** As with exactly-once: what was not committed is gone, on disk as well. */
        void crash() {
            cache.clear();
            store.values.clear();
            store.values.putAll(committed);
            expected.clear();
            expected.putAll(committed);
        }

        void closeAndOpen() {
            commit();
            cache.clear();
            assertThat(cache.bytes()).isZero();
        }

        /** Another store takes its share, or leaves. */
        void crowd() {
            crowded = !crowded;
            if (crowded) {
                budget.join();
                budget.join();
            } else {
                budget.leave();
                budget.leave();
            }
            cache.writeChanged();
        }

        void check() {
            assertThat(cache.bytes()).isLessThanOrEqualTo(budget.share()).isEqualTo((long) cache.size() * BYTES);
            assertThat(expected.keySet()).containsAll(store.values.keySet());
        }
    }

    private interface OnKey {
        void act(World world, String key);
    }

    private static Action.Independent<World> onKey(String name, OnKey step) {
        return () -> Arbitraries.integers()
                .between(0, 7)
                .map(key -> Transformer.mutate(name + " " + key, world -> step.act(world, "key-" + key)));
    }

    private static Action.Independent<World> step(String name, Consumer<World> step) {
        return Action.just(name, Transformer.mutate(name, step));
    }

    @Provide
    Arbitrary<ActionChain<World>> chains() {
        return ActionChain.startWith(World::new)
                .withAction(8, onKey("increase", World::increase))
                .withAction(3, onKey("look", World::look))
                .withAction(1, onKey("replace", World::replace))
                .withAction(2, onKey("drop", World::drop))
                .withAction(2, step("commit", World::commit))
                .withAction(1, step("crash", World::crash))
                .withAction(1, step("close and open", World::closeAndOpen))
                .withAction(1, step("crowd", World::crowd))
                .withMaxTransformations(60);
    }

    @Property(tries = 500, seed = "20261122")
    void whatever_happens_it_holds_what_a_plain_map_holds(@ForAll("chains") ActionChain<World> chain) {
        World end = chain.withInvariant(World::check).run();

        for (int key = 0; key < 8; key++) {
            end.look("key-" + key);
        }
        end.commit();
        Statistics.collect(end.expected.size() > 3);
        Statistics.coverage(coverage -> coverage.check(true).percentage(share -> share > 20));
    }
}
