// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a running monitor how it is: the health check of a container image that has no other client for HTTP. */
@Command(
        name = "health",
        description = "Asks the monitor that runs on this machine with the same configuration whether it is ready.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "It asks on http.port of http.host, or of loopback where that is every address; no token is wanted. Exit"
                    + " codes: 0 it is, 1 it is not or does not answer, 2 the command line is wrong."
        })
final class HealthCommand implements Callable<Integer> {
    private static final String LIVE = "live";
    private static final String READY = "ready";

    /** As long as the longest line a page says, and then some: whoever answers is not trusted to end. */
    private static final int MOST_BYTES = 4096;

    @Mixin
    private ConfigOptions configuration = new ConfigOptions();

    @Option(
            names = "--live",
            description = "Whether it is live: not ready is no reason for a restart, not live is one.")
    private boolean live;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long it waits for an answer (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int timeoutSeconds;

    @Option(names = "--json", description = "One JSON object on standard output, nothing else there.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    /** What a page said: status 0 where none answered. */
    private record Answer(int status, String detail) {
        boolean ok() {
            return status == HttpURLConnection.HTTP_OK;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (timeoutSeconds < 1 || timeoutSeconds > 3600) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout is " + timeoutSeconds + ": must be 1 to 3600 seconds");
        }
        String asked = live ? LIVE : READY;
        URI page = page(configuration.config().http(), asked);
        Answer answer = ask(page);
        if (json) {
            var object = new JsonMapper().createObjectNode();
            object.put("page", page.toString());
            object.put(asked, answer.ok());
            object.put("status", answer.status());
            object.put("detail", answer.detail());
            spec.commandLine().getOut().println(object);
        } else if (answer.ok()) {
            spec.commandLine().getOut().println(asked + ": " + answer.detail());
        } else {
            spec.commandLine().getErr().println("miasma: not " + asked + ": " + answer.detail());
        }
        return answer.ok() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static URI page(HttpSettings settings, String asked) throws UnknownHostException {
        if (settings.port() == 0) {
            throw new ConfigException(ConfigKey.HTTP_PORT
                    + "=0 is any free port, and nobody else knows which: set it to" + " the one the monitor serves on");
        }
        InetAddress bound = InetAddress.getByName(settings.host());
        InetAddress address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        try {
            return new URI("http", null, address.getHostAddress(), settings.port(), "/health/" + asked, null, null);
        } catch (URISyntaxException e) {
            throw new ConfigException(
                    ConfigKey.HTTP_HOST + "=" + settings.host() + " is no address: " + e.getMessage());
        }
    }

    private Answer ask(URI page) throws IOException {
        int millis = Math.toIntExact(TimeUnit.SECONDS.toMillis(timeoutSeconds));
        var connection = (HttpURLConnection) page.toURL().openConnection();
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        try {
            int status = connection.getResponseCode();
            return new Answer(status, body(connection, status));
        } catch (IOException e) {
            return new Answer(0, page + " does not answer: " + e.getMessage());
        } finally {
            connection.disconnect();
        }
    }

    private static String body(HttpURLConnection connection, int status) throws IOException {
        @Nullable
        InputStream body =
                status < HttpURLConnection.HTTP_BAD_REQUEST ? connection.getInputStream() : connection.getErrorStream();
        if (body == null) {
            return "status " + status;
        }
        try (body) {
            return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
        }
    }
}
