// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest alerts, in memory: at most {@value #MOST} of at most {@value #MOST_BYTES} bytes each. One that comes twice is
 * kept once. Thread-safe.
 */
public final class AlertLog {
    /** Most alerts kept. */
    public static final int MOST = 10_000;

    /** A larger event is none of ours. */
    static final int MOST_BYTES = 64 << 10;

    private final int most;
    private final TreeMap<Place, Entry> entries = new TreeMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final List<Consumer<AlertItem>> listeners = new CopyOnWriteArrayList<>();

    /** Where an alert stands: the newest first. */
    record Place(String time, String id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::time).reversed().thenComparing(Place::id);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }

        static Place of(AlertItem alert) {
            // To the nanosecond, so that the order of the texts is the order of the times.
            return new Place(Times.sortable(alert.time()), alert.id());
        }
    }

    /** An alert and its event. */
    @SuppressWarnings("ArrayRecordComponent") // A record for its accessors; it is never compared.
    record Entry(AlertItem item, byte[] event) {}

    /** Some alerts and how many there are with those before and behind. */
    record Found(List<AlertItem> items, boolean more, long total) {}

    /** An empty log. */
    public AlertLog() {
        this(MOST);
    }

    AlertLog(int most) {
        this.most = most;
    }

    /**
     * Takes an event of the alerts topic.
     *
     * @param json its value
     * @param isNew whether those who listen are to be told
     * @return whether it is an alert
     */
    public boolean add(byte[] json, boolean isNew) {
        AlertItem item = read(json);
        if (item == null) {
            return false;
        }
        synchronized (this) {
            Place place = Place.of(item);
            if (places.putIfAbsent(item.id(), place) != null) {
                return true;
            }
            entries.put(place, new Entry(item, json));
            if (entries.size() > most) {
                places.remove(entries.pollLastEntry().getKey().id());
            }
        }
        if (isNew) {
            listeners.forEach(listener -> listener.accept(item));
        }
        return true;
    }

    private static @Nullable AlertItem read(byte[] json) {
        if (json.length > MOST_BYTES) {
            return null;
        }
        try {
            return AlertItem.of(Json.tree(json));
        } catch (IOException e) {
            return null;
        }
    }

    /** Tells of each new alert, in the thread that adds it. */
    void listen(Consumer<AlertItem> listener) {
        listeners.add(listener);
    }

    /** Some of them, newest first. */
    synchronized Found find(Predicate<AlertItem> wanted, @Nullable Place after, int limit) {
        List<AlertItem> items = new ArrayList<>();
        boolean more = false;
        long total = 0;
        for (Map.Entry<Place, Entry> entry : entries.entrySet()) {
            AlertItem item = entry.getValue().item();
            if (!wanted.test(item)) {
                continue;
            }
            total++;
            if (after == null || entry.getKey().compareTo(after) > 0) {
                more = items.size() == limit;
                if (!more) {
                    items.add(item);
                }
            }
        }
        return new Found(items, more, total);
    }

    /** One of them; null where there is no such. */
    synchronized @Nullable Entry of(String id) {
        Place place = places.get(id);
        return place == null ? null : entries.get(place);
    }

    /** How many are kept, by severity. */
    synchronized SortedMap<String, Long> bySeverity() {
        SortedMap<String, Long> counts = new TreeMap<>();
        AlertItem.SEVERITIES.forEach(severity -> counts.put(severity, 0L));
        entries.values().forEach(entry -> counts.merge(entry.item().severity(), 1L, Long::sum));
        return counts;
    }

    /** The event of an alert, as it went to the topic. */
    static JsonNode event(Entry entry) {
        try {
            return Json.tree(entry.event());
        } catch (IOException e) {
            throw new IllegalStateException("an alert that was read cannot be read again", e);
        }
    }
}
