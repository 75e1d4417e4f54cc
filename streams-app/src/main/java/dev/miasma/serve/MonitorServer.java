// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves the console page, the API, {@code /metrics}, {@code /health/live} and {@code /health/ready}. Read-only; beyond
 * loopback the API and the metrics want a bearer token.
 */
public final class MonitorServer implements AutoCloseable {
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpSettings settings;
    private final @Nullable SSLContext tls;
    private @Nullable ApiRoutes api;
    private boolean opened;

    /** Writes the metrics in the format that an Accept header asks for. */
    @FunctionalInterface
    public interface Metrics {
        /**
         * One scrape.
         *
         * @param accept the header, empty if there is none
         */
        Page scrape(String accept);
    }

    /**
     * A body and its media type.
     *
     * @param body text
     * @param contentType media type
     */
    public record Page(String body, String contentType) {}

    private MonitorServer(HttpServer server, HttpSettings settings, @Nullable SSLContext tls) {
        this.server = server;
        this.settings = settings;
        this.tls = tls;
    }

    /**
     * Binds, so that the port is known; answers nobody yet.
     *
     * @throws ConfigException if the address is beyond loopback and there is no token, it cannot be bound, or the keystore
     *     cannot be used
     */
    public static MonitorServer bind(HttpSettings settings) {
        SSLContext tls = settings.tls() == null ? null : Tls.context(settings.tls());
        try {
            InetAddress address = InetAddress.getByName(settings.host());
            if (!address.isLoopbackAddress() && settings.token().isEmpty()) {
                throw new ConfigException(ConfigKey.HTTP_HOST + "=" + settings.host()
                        + " is beyond loopback and wants a bearer token: set " + ConfigKey.HTTP_TOKEN_FILE);
            }
            InetSocketAddress place = new InetSocketAddress(address, settings.port());
            if (tls == null) {
                return new MonitorServer(HttpServer.create(place, 0), settings, null);
            }
            HttpsServer server = HttpsServer.create(place, 0);
            server.setHttpsConfigurator(Tls.configurator(tls));
            return new MonitorServer(server, settings, tls);
        } catch (IOException e) {
            throw new ConfigException("cannot serve on " + settings.host() + ":" + settings.port() + " ("
                    + e.getMessage() + "): set " + ConfigKey.HTTP_PORT + " to a free port, or to 0 for any");
        }
    }

    /**
     * Binds and serves metrics and health alone.
     *
     * @throws ConfigException as {@link #bind}
     */
    public static MonitorServer start(
            HttpSettings settings, Metrics metrics, Supplier<Health> live, Supplier<Health> ready) {
        MonitorServer monitor = bind(settings);
        monitor.open(metrics, live, ready, null);
        return monitor;
    }

    /**
     * Begins to answer.
     *
     * @param metrics written on each scrape
     * @param live whether it is worth going on
     * @param ready whether it processes
     * @param from what the API is answered from; null for no API and no console
     */
    public void open(Metrics metrics, Supplier<Health> live, Supplier<Health> ready, @Nullable MonitorApi from) {
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("/metrics", true, null, request -> metrics(metrics, request)));
        routes.add(Route.open("/health/live", request -> health(live.get())));
        routes.add(Route.open("/health/ready", request -> health(ready.get())));
        StaticFiles files = new StaticFiles("/console/");
        if (from != null) {
            ApiRoutes made = new ApiRoutes(settings, tls, from);
            api = made;
            routes.addAll(made.routes());
            routes.add(Route.open("/openapi.yaml", files::openApi));
        }
        if (from != null && settings.console() && files.hasIndex()) {
            routes.add(Route.open("/", files::index));
            routes.add(Route.open("/assets/{file}", files::asset));
        } else {
            routes.add(Route.open("/", request -> index(from != null)));
        }
        server.setExecutor(workers);
        server.createContext("/", new Router(settings, routes));
        server.start();
        opened = true;
    }

    /** The port bound. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Address of the console, or of the list of pages where there is none. */
    public String url() {
        return (tls == null ? "http://" : "https://") + bracketed(settings.host()) + ":" + port() + "/";
    }

    /** Address of the metrics. */
    public String metricsUrl() {
        return url() + "metrics";
    }

    /** host:port that other instances reach this one at. */
    public String advertised() {
        if (!settings.advertised().isEmpty()) {
            return settings.advertised();
        }
        InetAddress bound = server.getAddress().getAddress();
        if (!bound.isAnyLocalAddress()) {
            return bracketed(settings.host()) + ":" + port();
        }
        try {
            return bracketed(InetAddress.getLocalHost().getHostAddress()) + ":" + port();
        } catch (IOException e) {
            throw new ConfigException(ConfigKey.HTTP_HOST + "=" + settings.host()
                    + " binds all addresses, and this machine does not know its own: set "
                    + ConfigKey.HTTP_ADVERTISED);
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
        if (!opened) {
            // One that was never started keeps its port when it is stopped.
            server.start();
        }
        server.stop(0);
        workers.close();
    }

    private static Reply index(boolean withApi) {
        String more = withApi ? "/api/v1/status, /openapi.yaml, " : "";
        return Reply.text(Status.OK, "Miasma: " + more + "/metrics, /health/live, /health/ready\n", PLAIN);
    }

    private static Reply metrics(Metrics metrics, Request request) {
        Page page = metrics.scrape(request.header().apply("Accept"));
        return Reply.text(Status.OK, page.body(), page.contentType());
    }

    private static Reply health(Health health) {
        return Reply.text(health.ok() ? Status.OK : Status.UNAVAILABLE, health.detail() + "\n", PLAIN);
    }
}
