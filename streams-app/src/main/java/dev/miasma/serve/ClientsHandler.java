// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clients and cohorts, of this instance and of all others. */
final class ClientsHandler {
    static final List<String> LIST_PARAMETERS = List.of("limit", "cursor", "band", "endpoint", "q", Query.SCOPE);
    static final List<String> ONE_PARAMETERS = List.of("level", Query.SCOPE);
    private static final String CLIENT = "client";
    private static final String COHORT = "cohort";
    private static final String PATH = "/api/v1/clients";
    private static final int LONGEST_ID = 256;

    private final Watchlist watchlist;
    private final Peers peers;

    ClientsHandler(Watchlist watchlist, Peers peers) {
        this.watchlist = watchlist;
        this.peers = peers;
    }

    Reply list(Request request) {
        Query query = request.query();
        String cursor = query.cursor();
        var filter = new Watchlist.Filter(
                query.limit(),
                cursor == null ? null : Rank.ofCursor(cursor),
                query.oneOf("band", Rank.BANDS),
                query.text("endpoint"),
                query.text("q"));
        boolean local = query.local();
        Watchlist.Found found = watchlist.list(filter);
        ClientPage own = page(found.items(), found.more(), found.total(), filter.limit(), List.of());
        if (local) {
            return Reply.json(own);
        }
        Peers.Gathered<ClientPage> others = peers.askAll(PATH + "?" + query.forPeer(), ClientPage.class);
        List<ClientPage> pages =
                Stream.concat(Stream.of(own), others.answers().stream()).toList();
        List<ClientItem> items = pages.stream()
                .flatMap(page -> page.items().stream())
                .sorted(Comparator.comparing(Rank::of))
                .toList();
        boolean more = pages.stream().anyMatch(page -> page.next() != null);
        return Reply.json(page(items, more, total(pages), filter.limit(), others.unreachable()));
    }

    private static @Nullable Long total(List<ClientPage> pages) {
        long total = 0;
        for (ClientPage page : pages) {
            if (page.total() == null) {
                return null;
            }
            total += page.total();
        }
        return total;
    }

    private static ClientPage page(
            List<ClientItem> found, boolean more, @Nullable Long total, int limit, List<String> unreachable) {
        List<ClientItem> items = found.subList(0, Math.min(limit, found.size()));
        boolean goesOn = !items.isEmpty() && (more || found.size() > limit);
        String next = goesOn ? Rank.of(items.getLast()).cursor() : null;
        return new ClientPage(items, next, total, unreachable);
    }

    Reply one(Request request) {
        String id = request.segment();
        if (id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.badRequest("id is '" + Query.shown(id) + "'; 1 to " + LONGEST_ID
                    + " characters and no control character wanted");
        }
        String level = request.query().oneOf("level", List.of(CLIENT, COHORT));
        List<ClientEntry> entries = request.query().local() ? here(id, level) : find(id, level);
        if (entries.isEmpty()) {
            throw ProblemException.notFound(
                    "no " + (level == null ? "client or cohort" : level) + " '" + Query.shown(id) + "' is watched");
        }
        List<ClientEntry> sorted = entries.stream()
                .sorted(Comparator.comparing(entry -> entry.rank(id)))
                .toList();
        return Reply.json(new Client(id, sorted.getFirst().instance(), sorted));
    }

    private List<ClientEntry> here(String id, @Nullable String level) {
        List<ClientEntry> clients = COHORT.equals(level) ? List.of() : watchlist.find(CLIENT, id);
        return clients.isEmpty() && !CLIENT.equals(level) ? watchlist.find(COHORT, id) : clients;
    }

    /** Everything known of a client, whoever holds it; where there is none, of the cohort of that name. */
    List<ClientEntry> find(String id, @Nullable String level) {
        List<ClientEntry> clients =
                COHORT.equals(level) ? List.of() : ask(peers.fleet().holdersOf(id), CLIENT, id);
        if (!clients.isEmpty() || CLIENT.equals(level)) {
            return clients;
        }
        // A cohort's endpoints lie with different instances.
        Fleet fleet = peers.fleet();
        return ask(
                Stream.concat(Stream.of(fleet.self()), fleet.others().stream()).toList(), COHORT, id);
    }

    private List<ClientEntry> ask(List<String> holders, String level, String id) {
        List<ClientEntry> entries = new ArrayList<>();
        ProblemException problem = null;
        String path = PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + "?" + Query.SCOPE
                + "=" + Query.LOCAL + "&level=" + level;
        for (String holder : holders) {
            try {
                if (holder.equals(peers.fleet().self())) {
                    entries.addAll(watchlist.find(level, id));
                } else {
                    peers.ask(holder, path, Client.class).ifPresent(client -> entries.addAll(client.entries()));
                }
            } catch (ProblemException e) {
                problem = e;
            }
        }
        if (entries.isEmpty() && problem != null) {
            throw problem;
        }
        return entries;
    }
}
