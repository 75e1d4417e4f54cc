// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real Alertmanager with the routes, receivers and templates of src/alertmanager, hastened. Put in is what every operator
 * puts in: the files below {@code secrets/}, among them the address of Slack's webhook, and the address of on-call. Mail is
 * taken out where it goes beside another message: a mail server that does not answer holds the other up for ten seconds.
 */
final class LiveAlertmanager implements AutoCloseable {
    static final String SLACK = "/slack";
    static final String ON_CALL = "/on-call";
    static final String TOKEN = "a token that only tests know";

    private final Server server;

    private LiveAlertmanager(Server server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @param program name of the program
     * @param folder for its configuration and data
     * @param webhooks that take its messages
     */
    static LiveAlertmanager start(String program, Path folder, Webhooks webhooks) throws IOException {
        int port = Server.freePort();
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("smtp-password"), "none");
        Files.writeString(secrets.resolve("slack-webhook-url"), webhooks.url() + SLACK);
        Files.writeString(secrets.resolve("on-call-token"), TOKEN);
        Path templates = Files.createDirectories(folder.resolve("templates"));
        for (Path template : Repository.files("src/alertmanager/templates", ".tmpl")) {
            Files.copy(template, templates.resolve(template.getFileName()));
        }
        JsonNode configuration =
                Hastened.hastened(Repository.yaml(Repository.file("src/alertmanager/alertmanager.yml")));
        for (JsonNode receiver : configuration.path("receivers")) {
            boolean mailIsNotAll = receiver.size() > 2;
            if (mailIsNotAll) {
                ((ObjectNode) receiver).remove("email_configs");
            }
            if (receiver.at("/webhook_configs/0") instanceof ObjectNode webhook) {
                webhook.put("url", webhooks.url() + ON_CALL);
            }
        }
        // JSON is YAML too.
        Files.writeString(folder.resolve("alertmanager.yml"), configuration.toString());
        return new LiveAlertmanager(Server.start(
                folder,
                port,
                "/-/ready",
                List.of(
                        program,
                        "--config.file=alertmanager.yml",
                        "--storage.path=data",
                        "--cluster.listen-address=",
                        "--web.listen-address=" + Server.LOOPBACK + ":" + port)));
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
