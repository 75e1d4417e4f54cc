// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Hands the trace of the inference being scored to the metrics library, which makes exemplars of it. */
final class Traces implements SpanContext {
    private static final ThreadLocal<@Nullable ScoredAnswer> CURRENT = new ThreadLocal<>();

    void enter(ScoredAnswer answer) {
        if (answer.traceId() != null) {
            CURRENT.set(answer);
        }
    }

    void leave(ScoredAnswer answer) {
        if (answer.traceId() != null) {
            CURRENT.remove();
        }
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        ScoredAnswer answer = CURRENT.get();
        return answer == null ? null : answer.traceId();
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        ScoredAnswer answer = CURRENT.get();
        return answer == null ? null : answer.spanId();
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return CURRENT.get() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {
        // The span has ended long ago; nothing can be marked on it.
    }
}
