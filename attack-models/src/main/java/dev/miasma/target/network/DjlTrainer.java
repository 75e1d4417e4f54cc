// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import ai.djl.engine.Engine;
import dev.miasma.dataset.Features;

/**
 * Trains on DJL's PyTorch engine. This class and {@link DjlRun} are the only ones that know DJL: nothing else of it is
 * loaded before {@link #start}.
 */
final class DjlTrainer implements NetworkTrainer {

    private DjlTrainer() {}

    /**
     * Loads the engine from the class path, without asking the network for anything.
     *
     * @throws RuntimeException or a LinkageError if that can't be done
     */
    static DjlTrainer start() {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        // More threads a network change the order of sums, and so the last bits, from run to run.
        setUnlessSet("ai.djl.pytorch.num_threads", "1");
        setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
        Engine.getEngine("PyTorch");
        return new DjlTrainer();
    }

    @Override
    public Network train(Network initial, Features x, int[] y, NetworkOptions options, long seed) {
        requireRecords(initial, x, y);
        try (DjlRun run = new DjlRun(initial, options, seed)) {
            return run.fit(x, y);
        }
    }

    @Override
    public String library() {
        return "DJL " + DjlVersions.DJL + " with PyTorch " + DjlVersions.PYTORCH;
    }

    private static void requireRecords(Network network, Features x, int[] y) {
        if (x.size() != y.length || y.length < 2) {
            throw new IllegalArgumentException(
                    "records are " + x.size() + " and labels " + y.length + "; as many, and at least 2, needed");
        }
        if (x.width() != network.inputs()) {
            throw new IllegalArgumentException(
                    "records have " + x.width() + " features; " + network.inputs() + " needed");
        }
        for (int i = 0; i < y.length; i++) {
            if (y[i] < 0 || y[i] >= network.outputs()) {
                throw new IllegalArgumentException(
                        "label " + i + " is " + y[i] + "; 0 to " + (network.outputs() - 1) + " needed");
            }
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
