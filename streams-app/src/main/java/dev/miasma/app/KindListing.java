// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.simulate.ClientKind;
import dev.miasma.simulate.ClientKinds;
import dev.miasma.simulate.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All kinds of simulated clients with their parameters. */
final class KindListing {
    private KindListing() {}

    /** Names of the attacks, or of the benign kinds. */
    static String names(boolean attack) {
        return ClientKinds.list().stream()
                .filter(kind -> kind.attack() == attack)
                .map(ClientKind::name)
                .collect(Collectors.joining(", "));
    }

    static String text() {
        return section("Attacks (--attack)", true) + System.lineSeparator() + section("Benign (--benign)", false);
    }

    private static String section(String title, boolean attack) {
        StringBuilder text = new StringBuilder(title).append(System.lineSeparator());
        List<ClientKind> kinds = ClientKinds.list().stream()
                .filter(kind -> kind.attack() == attack)
                .toList();
        for (ClientKind kind : kinds) {
            text.append(String.format(Locale.ROOT, "%n%s%n  %s%n", kind.name(), kind.description()));
            if (attack) {
                text.append(
                        String.format(Locale.ROOT, "  queries for each target record: %s%n", kind.queriesPerTarget()));
            }
            kind.ownParameters().forEach(parameter -> text.append(line(parameter)));
            kind.commonParameters().stream()
                    .filter(parameter -> !kinds.getFirst().commonParameters().contains(parameter))
                    .forEach(parameter -> text.append(line(parameter)));
        }
        text.append(String.format(Locale.ROOT, "%nEach of them, where nothing else is said above:%n"));
        kinds.getFirst().commonParameters().forEach(parameter -> text.append(line(parameter)));
        return text.toString();
    }

    private static String line(Parameter parameter) {
        return String.format(
                Locale.ROOT,
                "    %-22s %s%n",
                parameter.name() + "=" + parameter.standardText(),
                parameter.description());
    }

    static String json() {
        ArrayNode all = new JsonMapper().createArrayNode();
        for (ClientKind kind : ClientKinds.list()) {
            ObjectNode one = all.addObject()
                    .put("kind", kind.name())
                    .put("attack", kind.attack())
                    .put("description", kind.description())
                    .put("queriesPerTarget", kind.queriesPerTarget());
            ArrayNode parameters = one.putArray("parameters");
            kind.parameters()
                    .forEach(parameter -> parameters
                            .addObject()
                            .put("name", parameter.name())
                            .put("default", parameter.standard())
                            .put("least", parameter.least())
                            .put("most", parameter.most())
                            .put("description", parameter.description()));
        }
        return all + System.lineSeparator();
    }
}
