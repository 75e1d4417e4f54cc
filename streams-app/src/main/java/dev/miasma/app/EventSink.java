// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import dev.miasma.decode.Arrival;
import org.jspecify.annotations.Nullable;

/** Takes events one after the other, from a file or a topic. */
interface EventSink {
    /**
     * Takes one event.
     *
     * @param event its bytes
     * @param arrival what the record around it says
     * @return whether more are wanted
     */
    boolean take(byte @Nullable [] event, Arrival arrival);
}
