// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a failing broker from ending the JVM it is a guest of.
 *
 * <p>A broker takes an occupied port or a lost disk as a reason to end its process. While at least one embedded broker
 * is up, such a wish is logged and becomes an exception in the broker's own thread; with the last one gone, Kafka's
 * usual behaviour is back.
 */
final class ExitGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ExitGuard.class);

    private static int holders;

    private ExitGuard() {}

    /** Takes hold of the guard; each call needs one {@link #release}. */
    static synchronized void acquire() {
        if (holders++ == 0) {
            Exit.setExitProcedure(ExitGuard::refuse);
            Exit.setHaltProcedure(ExitGuard::refuse);
        }
    }

    static synchronized void release() {
        if (holders == 0) {
            throw new IllegalStateException("released more often than acquired");
        }
        if (--holders == 0) {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }

    private static void refuse(int status, @Nullable String message) {
        String wish = "the embedded Kafka broker gave up (status " + status + ")";
        EmbeddedKafkaException refusal = new EmbeddedKafkaException(message == null ? wish : wish + ": " + message);
        LOG.warn(refusal.getMessage());
        throw refusal;
    }
}
