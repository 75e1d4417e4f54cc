// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Keeps a flood of events from becoming a flood of log lines: of each kind so many lines are written within a span of time,
 * from the first on, and the rest are counted, which one more line says when the span is over. Thread-safe.
 */
public final class LogLimit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogLimit.class);
    private static final int MOST = 30;
    private static final Duration SPAN = Duration.ofMinutes(1);

    private final int most;
    private final Duration span;
    private final InstantSource clock;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** What was written and left out of one kind in its span. */
    private static final class Kind {
        private long sinceMillis = Long.MIN_VALUE;
        private int written;
        private long leftOut;
    }

    /** {@value #MOST} lines of a kind a minute. */
    public LogLimit(InstantSource clock) {
        this(MOST, SPAN, clock);
    }

    /**
     * @param most lines of a kind in a span, at least 1
     * @param span of time
     * @param clock that tells when it is over
     */
    LogLimit(int most, Duration span, InstantSource clock) {
        this.most = most;
        this.span = span;
        this.clock = clock;
    }

    /**
     * Writes a line, or counts that it was left out.
     *
     * @param log that takes it
     * @param level of it
     * @param kind of the line, of few; in the line as the field {@code kind}
     * @param line gives it its fields and its message
     */
    public void write(Logger log, Level level, String kind, UnaryOperator<LoggingEventBuilder> line) {
        Kind of = kinds.computeIfAbsent(kind, name -> new Kind());
        synchronized (of) {
            if (isOver(of)) {
                tell(kind, of);
            }
            if (of.written >= most) {
                of.leftOut++;
                return;
            }
            if (of.written == 0) {
                of.sinceMillis = clock.millis();
            }
            of.written++;
            line.apply(log.atLevel(level).addKeyValue("kind", kind)).log();
        }
    }

    private boolean isOver(Kind kind) {
        long now = clock.millis();
        return now - kind.sinceMillis >= span.toMillis() || now < kind.sinceMillis;
    }

    /** Says what was left out in spans that are over; to be called from time to time, for floods that have ended. */
    public void tell() {
        tell(false);
    }

    private void tell(boolean all) {
        kinds.forEach((name, kind) -> {
            synchronized (kind) {
                if (all || isOver(kind)) {
                    tell(name, kind);
                }
            }
        });
    }

    private static void tell(String name, Kind kind) {
        if (kind.leftOut > 0) {
            LOG.atWarn()
                    .addKeyValue("kind", name)
                    .addKeyValue("leftOut", kind.leftOut)
                    .log("{} more lines of the kind {} were left out", kind.leftOut, name);
        }
        kind.written = 0;
        kind.leftOut = 0;
    }

    /** Says all that was left out and not told of. */
    @Override
    public void close() {
        tell(true);
    }
}
