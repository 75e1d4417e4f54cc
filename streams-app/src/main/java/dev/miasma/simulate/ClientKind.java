// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A kind of simulated client: what it does, and the parameters that change it. {@link ClientKinds} has all of them.
 *
 * @param name as it is given
 * @param attack whether it probes for members; otherwise it is benign and never asks about one
 * @param queriesPerTarget how many queries it makes for each target record, in words
 * @param description one line
 * @param parameters with their defaults; the last ones are the same for every kind
 */
public record ClientKind(
        String name,
        boolean attack,
        String queriesPerTarget,
        String description,
        List<Parameter> parameters,
        Maker maker,
        PaceMaker paceMaker) {

    static final String CLIENTS = "clients";
    static final String TRAFFIC = "traffic";
    static final String COHORTS = "cohorts";
    static final String LABEL_ONLY = "label-only";

    /** How many parameters every kind has. */
    private static final int COMMON = 4;

    private static final double ATTACK_TRAFFIC = 0.05;
    private static final int MOST_CLIENTS = 100_000;

    /** Makes the behaviour of one client. */
    @FunctionalInterface
    interface Maker {
        Behaviour make(Population population, Values values, Random random);
    }

    /** Makes the pace of one client. */
    @FunctionalInterface
    interface PaceMaker {
        Pace make(Values values);
    }

    /** Values of all parameters. */
    record Values(Map<String, Double> byName) {
        double number(String name) {
            Double value = byName.get(name);
            if (value == null) {
                throw new IllegalStateException("no parameter " + name);
            }
            return value;
        }

        int whole(String name) {
            return (int) number(name);
        }

        boolean flag(String name) {
            return number(name) != 0;
        }
    }

    static ClientKind attack(
            String name,
            String queriesPerTarget,
            String description,
            boolean labelOnly,
            List<Parameter> parameters,
            Maker maker) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(Parameter.count(CLIENTS, 1, 1, MOST_CLIENTS, "clients of this kind"));
        all.add(Parameter.share(TRAFFIC, ATTACK_TRAFFIC, "share of all queries that they make together"));
        addCommon(all, labelOnly);
        return new ClientKind(name, true, queriesPerTarget, description, List.copyOf(all), maker, _ -> Pace.steady());
    }

    static ClientKind benign(
            String name, String description, List<Parameter> parameters, Maker maker, PaceMaker paceMaker) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(Parameter.count(
                CLIENTS, 0, 0, MOST_CLIENTS, "clients of this kind; 0: as many as every other benign kind gets"));
        all.add(Parameter.share(
                TRAFFIC, 0, "share of all queries that they make together; 0: what is left, divided by clients"));
        addCommon(all, false);
        return new ClientKind(name, false, "-", description, List.copyOf(all), maker, paceMaker);
    }

    private static void addCommon(List<Parameter> all, boolean labelOnly) {
        all.add(Parameter.count(COHORTS, 0, 0, MOST_CLIENTS, "cohorts the clients are divided among; 0: no cohort"));
        all.add(Parameter.flag(LABEL_ONLY, labelOnly, "1: answers are labels; 0: posteriors"));
    }

    /** The parameters that only this kind has, or has with a meaning of its own. */
    public List<Parameter> ownParameters() {
        return parameters.subList(0, parameters.size() - COMMON);
    }

    /** The parameters that every kind has, with this kind's defaults. */
    public List<Parameter> commonParameters() {
        return parameters.subList(parameters.size() - COMMON, parameters.size());
    }

    @Override
    public String toString() {
        return name;
    }
}
