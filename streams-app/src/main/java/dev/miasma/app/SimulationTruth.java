// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.IdentitySettings;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.decode.Secrets;
import dev.miasma.simulate.ClientTruth;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Who was what, as JSON lines, to be laid beside the alerts. */
final class SimulationTruth {
    private static final JsonMapper JSON = new JsonMapper();

    private SimulationTruth() {}

    /** Writes a line for each client, with its pseudonym where the configuration has the key to it. */
    static void write(Collection<ClientTruth> clients, SimulationSettings settings, Writer to) throws IOException {
        Optional<Secrets> secrets =
                identity(settings.config()).filter(IdentitySettings::pseudonyms).map(Secrets::new);
        for (ClientTruth client : clients) {
            ObjectNode line = JSON.createObjectNode().put("client", client.client());
            secrets.ifPresent(known -> line.put("pseudonym", known.nameOf(client.client())));
            if (client.cohort() != null) {
                line.put("cohort", client.cohort());
            }
            line.put("endpoint", settings.endpoint())
                    .put("version", settings.version())
                    .put("kind", client.kind())
                    .put("attack", client.attack())
                    .put("queries", client.queries())
                    .put("memberQueries", client.memberQueries())
                    .put("targets", client.targets())
                    .put("targetsGivenUp", client.targetsGivenUp())
                    .put("first", Instant.ofEpochMilli(client.firstMillis()).toString())
                    .put("last", Instant.ofEpochMilli(client.lastMillis()).toString());
            to.write(line.toString());
            to.write('\n');
        }
    }

    /** Without a key there is none; a key file that is named and cannot be read is an error. */
    private static Optional<IdentitySettings> identity(MiasmaConfig config) {
        try {
            return Optional.of(config.identity());
        } catch (ConfigException e) {
            if (config.string(ConfigKey.IDENTITY_KEY_FILE).isEmpty()) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
