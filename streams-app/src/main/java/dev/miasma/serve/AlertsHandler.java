// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerts, which every instance has all of. */
final class AlertsHandler {
    static final List<String> LIST_PARAMETERS = List.of("limit", "cursor", "severity", "level", "endpoint", "client");
    private static final Logger LOG = LoggerFactory.getLogger(AlertsHandler.class);
    private static final int CURSOR_FIELDS = 2;

    private final AlertLog alerts;
    private final ClientsHandler clients;

    /** @param clients asked how the evidence of an alert came about */
    AlertsHandler(AlertLog alerts, ClientsHandler clients) {
        this.alerts = alerts;
        this.clients = clients;
    }

    Reply list(Request request) {
        Query query = request.query();
        int limit = query.limit();
        AlertLog.Found found = alerts.find(wanted(query), after(query.cursor()), limit);
        String next = null;
        if (found.more()) {
            AlertLog.Place last = AlertLog.Place.of(found.items().getLast());
            next = Cursor.of(List.of(last.time(), last.id()));
        }
        return Reply.json(new AlertPage(found.items(), next, found.total()));
    }

    private static Predicate<AlertItem> wanted(Query query) {
        String severity = query.oneOf("severity", AlertItem.SEVERITIES);
        String level = query.oneOf("level", AlertItem.LEVELS);
        String endpoint = query.text("endpoint");
        String client = query.text("client");
        return alert -> (severity == null || severity.equals(alert.severity()))
                && (level == null || level.equals(alert.level()))
                && (endpoint == null || endpoint.equals(alert.endpoint()))
                && (client == null || client.equals(alert.subject()));
    }

    private static AlertLog.@Nullable Place after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        List<String> fields = Cursor.fields(cursor, CURSOR_FIELDS);
        return new AlertLog.Place(fields.getFirst(), fields.getLast());
    }

    Reply one(Request request) {
        AlertLog.Entry entry = alerts.of(request.segment());
        if (entry == null) {
            throw ProblemException.notFound(
                    "no alert '" + Query.shown(request.segment()) + "' among the " + AlertLog.MOST + " newest");
        }
        return Reply.json(new AlertDetail(entry.item(), AlertLog.event(entry), path(entry.item())));
    }

    /** An alert can be shown without it, so what goes wrong with it goes to the log. */
    private @Nullable Path path(AlertItem alert) {
        String subject = alert.subject();
        if (subject == null) {
            return null;
        }
        try {
            return clients.find(subject, alert.level()).stream()
                    .filter(entry -> entry.endpoint().equals(alert.endpoint()))
                    .map(ClientEntry::path)
                    .flatMap(path -> path == null ? Stream.<Path>empty() : Stream.of(path))
                    .map(path -> until(path, Times.sortable(alert.time())))
                    .findFirst()
                    .orElse(null);
        } catch (ProblemException e) {
            LOG.info("no path of alert {}: {}", alert.id(), e.getMessage());
            return null;
        }
    }

    private static Path until(Path path, String time) {
        List<Path.Point> points = path.points().stream()
                .filter(point -> Times.sortable(point.time()).compareTo(time) <= 0)
                .toList();
        return new Path(points, path.truncated());
    }
}
