// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.detect.MemberShare;
import dev.miasma.detect.Subject;
import dev.miasma.detect.SubjectsStore;
import dev.miasma.serve.ClientEntry;
import dev.miasma.serve.ClientItem;
import dev.miasma.serve.Rank;
import dev.miasma.serve.Watchlist;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The clients and cohorts that this instance holds. Ranking them goes through all, so it is done at most once a second and
 * for at most a tenth of the time, and keeps the {@value #MOST_RANKED} riskiest.
 */
final class LocalWatchlist implements Watchlist {
    /** Most clients and cohorts of a ranking. */
    static final int MOST_RANKED = 10_000;

    private static final long LEAST_AGE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int PAUSES = 10;

    private final LocalStates states;
    private final List<SubjectsStore> levels;
    private final String self;
    private final int mostRanked;
    private @Nullable Ranking newest;

    /**
     * The riskiest, in order.
     *
     * @param items without their shares of members
     * @param total how many there are with the less risky
     */
    private record Ranking(List<ClientItem> items, long total, long madeNanos, long tookNanos) {
        boolean complete() {
            return items.size() == total;
        }

        boolean old() {
            return System.nanoTime() - madeNanos > Math.max(LEAST_AGE_NANOS, PAUSES * tookNanos);
        }
    }

    /** @param levels stores of clients and of cohorts */
    LocalWatchlist(LocalStates states, List<SubjectsStore> levels, String self) {
        this(states, levels, self, MOST_RANKED);
    }

    LocalWatchlist(LocalStates states, List<SubjectsStore> levels, String self, int mostRanked) {
        this.mostRanked = mostRanked;
        this.states = states;
        this.levels = levels;
        this.self = self;
    }

    @Override
    public Found list(Filter filter) {
        states.requireRunning();
        Ranking ranking = filter.prefix() == null ? ranking() : withPrefix(filter.prefix());
        List<ClientItem> wanted = ranking.items().stream().filter(filter::takes).toList();
        List<ClientItem> behind = wanted.stream()
                .filter(item -> filter.after() == null || Rank.of(item).compareTo(filter.after()) > 0)
                .toList();
        boolean all = filter.band() == null && filter.endpoint() == null && filter.prefix() == null;
        Long total = all ? Long.valueOf(ranking.total()) : ranking.complete() ? (long) wanted.size() : null;
        List<ClientItem> page =
                behind.stream().limit(filter.limit()).map(this::withMemberShare).toList();
        return new Found(page, behind.size() > page.size(), total);
    }

    private synchronized Ranking ranking() {
        Ranking ranking = newest;
        if (ranking == null || ranking.old()) {
            ranking = rank();
            newest = ranking;
        }
        return ranking;
    }

    private Ranking rank() {
        long start = System.nanoTime();
        Comparator<ClientItem> riskiestFirst = Comparator.comparing(Rank::of);
        PriorityQueue<ClientItem> riskiest = new PriorityQueue<>(riskiestFirst.reversed());
        long[] total = {0};
        for (SubjectsStore level : levels) {
            states.ask(
                    stores -> {
                        level.forEach(level.open(stores), subject -> {
                            total[0]++;
                            riskiest.add(item(subject));
                            if (riskiest.size() > mostRanked) {
                                riskiest.poll();
                            }
                        });
                        return true;
                    },
                    false);
        }
        List<ClientItem> items = riskiest.stream().sorted(riskiestFirst).toList();
        long end = System.nanoTime();
        return new Ranking(items, total[0], end, end - start);
    }

    private Ranking withPrefix(String prefix) {
        List<ClientItem> items = new ArrayList<>();
        boolean[] cut = {false};
        for (SubjectsStore level : levels) {
            int most = items.size() + mostRanked;
            states.ask(
                    stores -> {
                        level.forEach(level.open(stores), prefix, subject -> {
                            cut[0] |= items.size() == most;
                            return items.size() < most && items.add(item(subject));
                        });
                        return true;
                    },
                    false);
        }
        items.sort(Comparator.comparing(Rank::of));
        return new Ranking(items, cut[0] ? Long.MAX_VALUE : items.size(), 0, 0);
    }

    @Override
    public List<ClientEntry> find(String level, String id) {
        List<ClientEntry> found = new ArrayList<>();
        for (SubjectsStore store : levels) {
            if (store.level().code().equals(level)) {
                states.ask(stores -> store.of(store.open(stores), id), List.<Subject>of())
                        .forEach(subject -> found.add(entry(subject)));
            }
        }
        return found;
    }

    private ClientItem item(Subject subject) {
        return new ClientItem(
                subject.id(),
                subject.endpoint(),
                subject.level().code(),
                Shown.log10(subject.evidence()),
                Shown.log10(subject.threshold()),
                subject.band().code(),
                subject.queries(),
                subject.queries() == 0 ? null : Shown.time(subject.sinceMillis()),
                Shown.time(subject.lastSeenMillis()),
                subject.alarms(),
                null,
                self);
    }

    /** Worked out for the items of a page alone. */
    private ClientItem withMemberShare(ClientItem item) {
        return levels.stream()
                .filter(store -> store.level().code().equals(item.level()))
                .findFirst()
                .map(store -> states.ask(
                        stores -> Shown.optional(store.memberShare(store.open(stores), item.id(), item.endpoint())),
                        Shown.<MemberShare>nothing()))
                .flatMap(share -> share)
                .map(share -> Shown.with(item, share))
                .orElse(item);
    }

    private ClientEntry entry(Subject subject) {
        Subject.Detail detail = subject.detail();
        if (detail == null) {
            throw new IllegalStateException("a subject was found without its details");
        }
        MemberShare share = detail.memberShare();
        ClientItem item = share == null ? item(subject) : Shown.with(item(subject), share);
        List<ClientEntry.Reading> sensors = detail.sensors().stream()
                .map(reading -> new ClientEntry.Reading(
                        reading.sensor(), Shown.log10(reading.evidence()), reading.flagged(), reading.seen()))
                .toList();
        return ClientEntry.of(item, sensors, Shown.path(detail.path()));
    }
}
