// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

/** Networks can't be trained here. The message says in one line what is missing and how to get it. */
public final class NetworkTrainingUnavailableException extends RuntimeException {

    /**
     * Says what is missing.
     *
     * @param cause what came of trying to load or to train
     */
    public NetworkTrainingUnavailableException(Throwable cause) {
        super(
                "training a network needs DJL " + DjlVersions.DJL + " and PyTorch " + DjlVersions.PYTORCH
                        + ", which './mvnw -P networks -DskipTests package' puts into attack-models/target/lib-train: "
                        + reason(cause),
                cause);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof NoClassDefFoundError) {
            return "there is no " + String.valueOf(cause.getMessage()).replace('/', '.');
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage())
                .lines()
                .findFirst()
                .orElse(root.getClass().getSimpleName());
    }
}
