// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/** Names of attack-model files, without their ending, as the trainer writes and the monitor looks for them. */
public final class ModelNames {
    /** Ending of the files. */
    public static final String SUFFIX = ".json";

    /** Ending of the files of training-set filters. */
    public static final String TRAINING_SUFFIX = ".training";

    /** The model of every endpoint that has none of its own. */
    public static final String DEFAULT = "default";

    private static final String UNDER = "+";

    private ModelNames() {}

    /** The name for an endpoint: every character but letters, digits, dot, dash and underscore becomes an underscore. */
    public static String of(String endpoint) {
        return endpoint.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** The name for a version of an endpoint. */
    public static String of(String endpoint, String version) {
        return of(endpoint) + "@" + of(version);
    }

    /**
     * The name of the model for defended answers. No endpoint's own name holds a plus, so none is taken for another.
     *
     * @param name of the model for the bare answers
     * @param defence id of the defence, "top3+round2"
     */
    public static String under(String name, String defence) {
        return name + UNDER + defence;
    }

    /** The defence that a name is for; empty for a model of bare answers. */
    public static String defenceOf(String name) {
        int under = name.indexOf(UNDER);
        return under < 0 ? "" : name.substring(under + 1);
    }
}
