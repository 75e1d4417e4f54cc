// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Endpoints and versions: what every instance counted, added up, and what one of them knows of each. */
final class EndpointsHandler {
    static final List<String> PARAMETERS = List.of(Query.SCOPE);

    private final Supplier<List<EndpointItem>> own;
    private final Peers peers;

    EndpointsHandler(Supplier<List<EndpointItem>> own, Peers peers) {
        this.own = own;
        this.peers = peers;
    }

    Reply list(Request request) {
        boolean local = request.query().local();
        List<EndpointItem> here = own.get();
        if (local) {
            return Reply.json(page(here, List.of()));
        }
        Peers.Gathered<EndpointPage> others =
                peers.askAll("/api/v1/endpoints?" + request.query().forPeer(), EndpointPage.class);
        List<EndpointItem> all = Stream.concat(
                        here.stream(), others.answers().stream().flatMap(page -> page.items().stream()))
                .toList();
        return Reply.json(page(merged(all), others.unreachable()));
    }

    private static EndpointPage page(List<EndpointItem> items, List<String> unreachable) {
        List<EndpointItem> sorted = items.stream()
                .sorted(Comparator.comparing(EndpointItem::endpoint).thenComparing(EndpointItem::version))
                .toList();
        return new EndpointPage(sorted, null, (long) sorted.size(), unreachable);
    }

    private static List<EndpointItem> merged(List<EndpointItem> items) {
        return items.stream()
                .collect(Collectors.groupingBy(item -> List.of(item.endpoint(), item.version())))
                .values()
                .stream()
                .map(EndpointsHandler::sum)
                .toList();
    }

    private static EndpointItem sum(List<EndpointItem> parts) {
        EndpointItem one = parts.getFirst();
        Window window = new Window(0, 0, 0);
        Map<String, Window> whatIf = new TreeMap<>();
        long queries = 0;
        for (EndpointItem part : parts) {
            queries += part.queries();
            window = window.plus(part.window());
            part.whatIf().forEach(defence -> whatIf.merge(defence.defence(), defence.window(), Window::plus));
        }
        List<EndpointItem.WhatIf> defences = whatIf.entrySet().stream()
                .map(entry -> EndpointItem.WhatIf.of(entry.getKey(), entry.getValue()))
                .toList();
        return EndpointItem.of(one.endpoint(), one.version(), queries, window, scores(parts), defences);
    }

    /** An endpoint as a whole is watched by one instance. */
    private static EndpointItem.Scores scores(List<EndpointItem> parts) {
        @Nullable
        EndpointItem known = parts.stream()
                .filter(part -> part.histogram() != null)
                .findFirst()
                .orElse(parts.stream()
                        .filter(part -> part.model() != null)
                        .findFirst()
                        .orElse(null));
        return known == null
                ? EndpointItem.Scores.none()
                : Objects.requireNonNull(known).scores();
    }
}
