// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A kind of client with a value for each of its parameters. */
public final class ClientGroup {
    private final ClientKind kind;
    private final ClientKind.Values values;

    private ClientGroup(ClientKind kind, Map<String, Double> values) {
        this.kind = kind;
        this.values = new ClientKind.Values(values);
    }

    /** A kind with its defaults. */
    public static ClientGroup of(String kind) {
        return of(kind, Map.of());
    }

    /**
     * A kind with some values.
     *
     * @param given values by parameter; the others keep their defaults
     * @throws IllegalArgumentException if there is no such kind or parameter, or a value is out of its bounds
     */
    public static ClientGroup of(String kind, Map<String, String> given) {
        ClientKind found = ClientKinds.named(kind);
        Map<String, Double> values = new LinkedHashMap<>();
        found.parameters().forEach(parameter -> values.put(parameter.name(), parameter.standard()));
        given.forEach((name, value) -> {
            Parameter parameter = found.parameters().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(kind + " has no parameter '" + name + "', but "
                            + found.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "))));
            values.put(name, parameter.value(kind, value));
        });
        return new ClientGroup(found, values);
    }

    /**
     * Parses {@code KIND} or {@code KIND:parameter=value:parameter=value}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ClientGroup parse(String text) {
        String[] parts = text.strip().split(":", -1);
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + parts[i] + "' in " + text + ": expected parameter=value");
            }
            given.put(
                    parts[i].substring(0, equals).strip(),
                    parts[i].substring(equals + 1).strip());
        }
        return of(parts[0].strip(), given);
    }

    /** The kind. */
    public ClientKind kind() {
        return kind;
    }

    /** The value of a parameter. */
    public double value(String parameter) {
        return values.number(parameter);
    }

    ClientKind.Values values() {
        return values;
    }
}
