// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Mutable objects by key, some on the heap and all of them below. A change is written below when it is asked for, when its
 * object has to go to make room, or when many others have changed since. What came first goes first, unless it was used
 * since, and then has a second chance (Corbato, "A paging experiment with the Multics system", 1968): nearly what a list by
 * the time of use comes to, without moving its neighbours about in memory at each use. Not thread-safe.
 *
 * @param <V> objects, changed in place
 */
final class WriteBehindCache<V> {
    /** Objects that are written at once. */
    static final int BATCH = 500;

    /** Changed objects that may wait: an alert waits for the commit, and the commit for all of them. */
    private static final int MOST_CHANGED = 5_000;

    /** Objects that may have a second chance before one goes all the same, so that no query waits for long. */
    private static final int MOST_CHANCES = 32;

    private final Below<V> below;
    private final ToIntFunction<V> weigher;
    private final CacheBudget budget;
    private final int mostChanged;
    private final LinkedHashMap<String, Entry<V>> entries = new LinkedHashMap<>();

    /** Ends of the list of changed entries, by the time of their first change. */
    private @Nullable Entry<V> firstChanged;

    private @Nullable Entry<V> lastChanged;

    /** What was found last is mostly what is kept next. */
    private @Nullable Entry<V> found;

    private int changed;
    private boolean joined;
    private long bytes;

    /** Where everything is in the end. */
    interface Below<V> {
        /** A new object with what was written last under a key, or null. */
        @Nullable
        V read(String key);

        /** Writes an object, which may change again afterwards. */
        void write(String key, V value);

        /** Writes some at once. */
        void writeAll(List<Changed<V>> some);

        /** Removes a key. */
        void delete(String key);
    }

    /** A key and its object. */
    record Changed<V>(String key, V value) {}

    private static final class Entry<V> {
        final String key;
        V value;
        int bytes;
        boolean changed;

        /** Since it came, or since it had its second chance. */
        boolean used;

        @Nullable
        Entry<V> before;

        @Nullable
        Entry<V> after;

        Entry(String key, V value) {
            this.key = key;
            this.value = value;
        }
    }

    /**
     * @param below where objects come from and go to
     * @param weigher bytes of heap that an object takes, with its key and the cache's own
     * @param budget for these bytes
     */
    WriteBehindCache(Below<V> below, ToIntFunction<V> weigher, CacheBudget budget) {
        this(below, weigher, budget, MOST_CHANGED);
    }

    /** The same with another number of changed objects that may wait to be written. */
    WriteBehindCache(Below<V> below, ToIntFunction<V> weigher, CacheBudget budget, int mostChanged) {
        this.mostChanged = mostChanged;
        this.below = below;
        this.weigher = weigher;
        this.budget = budget;
    }

    /** The object of a key, or null. It may be changed in place until the next call, and has to be kept then. */
    @Nullable
    V find(String key) {
        Entry<V> entry = entries.get(key);
        if (entry != null) {
            found = entry;
            entry.used = true;
            return entry.value;
        }
        V value = below.read(key);
        if (value != null) {
            weigh(add(key, value));
            makeRoom();
        }
        return value;
    }

    /** The object of a key where it is on the heap, or null; not to be changed, and not counted as used. */
    @Nullable
    V peek(String key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    /** Takes note of an object that is new or has changed. */
    void keep(String key, V value) {
        Entry<V> entry = found != null && found.key.equals(key) ? found : entries.get(key);
        if (entry == null) {
            entry = add(key, value);
        }
        found = entry;
        entry.value = value;
        if (!entry.changed) {
            append(entry);
        }
        weigh(entry);
        if (changed > mostChanged && firstChanged != null) {
            writeSome(firstChanged);
        }
        makeRoom();
    }

    /** Removes a key, here and below, at once. */
    void drop(String key) {
        Entry<V> entry = entries.get(key);
        below.delete(key);
        if (entry != null) {
            forget(entry);
            entries.remove(key);
        }
    }

    /** Writes all that has changed; what fails to be written stays changed. */
    void writeChanged() {
        while (firstChanged != null) {
            writeSome(firstChanged);
        }
        makeRoom();
    }

    private void writeSome(Entry<V> from) {
        List<Changed<V>> some = new ArrayList<>();
        for (Entry<V> entry = from; entry != null && some.size() < BATCH; entry = entry.after) {
            some.add(new Changed<>(entry.key, entry.value));
        }
        below.writeAll(some);
        for (int i = 0; i < some.size() && firstChanged != null; i++) {
            unlink(firstChanged);
        }
    }

    /** Forgets everything, changes that are not written as well. */
    void clear() {
        entries.clear();
        firstChanged = null;
        lastChanged = null;
        changed = 0;
        found = null;
        bytes = 0;
        if (joined) {
            budget.leave();
            joined = false;
        }
    }

    /** Objects on the heap. */
    int size() {
        return entries.size();
    }

    /** Bytes they take. */
    long bytes() {
        return bytes;
    }

    private Entry<V> add(String key, V value) {
        if (!joined) {
            budget.join();
            joined = true;
        }
        Entry<V> entry = new Entry<>(key, value);
        entries.put(key, entry);
        found = entry;
        return entry;
    }

    private void weigh(Entry<V> entry) {
        int weight = weigher.applyAsInt(entry.value);
        bytes += weight - entry.bytes;
        entry.bytes = weight;
    }

    private void makeRoom() {
        long share = budget.share();
        int chances = MOST_CHANCES;
        while (bytes > share && !entries.isEmpty()) {
            Entry<V> first = entries.firstEntry().getValue();
            boolean inHand = first.equals(found) && entries.size() > 1;
            if (inHand || (first.used && chances-- > 0)) {
                first.used = false;
                entries.putLast(first.key, first);
                continue;
            }
            if (first.changed) {
                write(first);
            }
            entries.remove(first.key);
            forget(first);
        }
    }

    private void write(Entry<V> entry) {
        below.write(entry.key, entry.value);
        unlink(entry);
    }

    private void forget(Entry<V> entry) {
        if (entry.changed) {
            unlink(entry);
        }
        if (entry.equals(found)) {
            found = null;
        }
        bytes -= entry.bytes;
    }

    private void append(Entry<V> entry) {
        changed++;
        entry.changed = true;
        entry.before = lastChanged;
        if (lastChanged == null) {
            firstChanged = entry;
        } else {
            lastChanged.after = entry;
        }
        lastChanged = entry;
    }

    private void unlink(Entry<V> entry) {
        changed--;
        entry.changed = false;
        if (entry.before == null) {
            firstChanged = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            lastChanged = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        entry.before = null;
        entry.after = null;
    }
}
