// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What goes to the log from here on, in the very bytes that would go to standard error. */
final class CapturedLog implements AutoCloseable {
    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Capture capture;

    /** Passes on to the list. */
    private static final class Capture extends AbstractAppender {
        private final List<String> entries;

        Capture(Layout<?> layout, List<String> entries) {
            super("captured", null, layout, false, Property.EMPTY_ARRAY);
            this.entries = entries;
        }

        @Override
        public void append(LogEvent event) {
            entries.add(new String(getLayout().toByteArray(event), StandardCharsets.UTF_8));
        }
    }

    CapturedLog() {
        Layout<?> layout = context.getConfiguration().getAppender("text").getLayout();
        capture = new Capture(layout, entries);
        capture.start();
        context.getConfiguration().getRootLogger().addAppender(capture, null, null);
        context.updateLoggers();
    }

    /** The entries so far, each as it is printed. */
    List<String> entries() {
        return entries;
    }

    String text() {
        return String.join("", entries);
    }

    @Override
    public void close() {
        context.getConfiguration().getRootLogger().removeAppender("captured");
        context.updateLoggers();
        capture.stop();
    }
}
