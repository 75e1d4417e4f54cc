// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import dev.miasma.config.HttpSettings;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The routes of the API, and what they keep open. */
final class ApiRoutes implements AutoCloseable {
    private static final Duration SNAPSHOTS = Duration.ofSeconds(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final String BASE = "/api/v1";

    private final MonitorApi api;
    private final Peers peers;
    private final LiveStreams live;

    ApiRoutes(HttpSettings settings, @Nullable SSLContext tls, MonitorApi api) {
        this.api = api;
        peers = new Peers(settings, tls, api.fleet());
        live = new LiveStreams(api.live(), api.alerts(), api.clock(), SNAPSHOTS, KEEP_ALIVE);
    }

    List<Route> routes() {
        var clients = new ClientsHandler(api.watchlist(), peers);
        var endpoints = new EndpointsHandler(api.endpoints(), peers);
        var alerts = new AlertsHandler(api.alerts(), clients);
        var topology = new TopologyHandler(api.topology(), peers);
        List<String> none = List.of();
        return List.of(
                Route.guarded(
                        BASE + "/status",
                        none,
                        request -> Reply.json(api.status().get())),
                Route.guarded(BASE + "/clients", ClientsHandler.LIST_PARAMETERS, clients::list),
                Route.guarded(BASE + "/clients/{id}", ClientsHandler.ONE_PARAMETERS, clients::one),
                Route.guarded(BASE + "/endpoints", EndpointsHandler.PARAMETERS, endpoints::list),
                Route.guarded(BASE + "/alerts", AlertsHandler.LIST_PARAMETERS, alerts::list),
                Route.guarded(BASE + "/alerts/{id}", none, alerts::one),
                Route.guarded(BASE + "/models", none, request -> models()),
                Route.guarded(BASE + "/topology", TopologyHandler.PARAMETERS, topology::show),
                Route.guarded(BASE + "/live", none, request -> live.open()));
    }

    private Reply models() {
        List<ModelItem> models = api.models().get();
        return Reply.json(new ModelPage(models, null, models.size()));
    }

    @Override
    public void close() {
        live.close();
        peers.close();
    }
}
