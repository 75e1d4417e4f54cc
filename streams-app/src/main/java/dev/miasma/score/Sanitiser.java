// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.decode.Batch;
import dev.miasma.decode.EventRewriter;
import dev.miasma.decode.Original;
import dev.miasma.decode.Prediction;
import dev.miasma.defense.OutputDefense;
import dev.miasma.measure.LogLimit;
import dev.miasma.measure.Measures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Puts a defence before the answers of events. Not thread-safe. */
final class Sanitiser {
    private static final Logger LOG = LoggerFactory.getLogger(Sanitiser.class);

    private final OutputDefense defence;
    private final Measures measures;
    private final LogLimit log;
    private final EventRewriter rewriter = new EventRewriter();
    private double[] defended = new double[128];

    /** What becomes of a valid prediction. */
    enum Result {
        /** Passed on with another answer, or without a field that could hold the model's own. */
        SANITISED("sanitised"),
        /** Passed on as it came: it carries a label and no posterior. */
        UNCHANGED("unchanged"),
        /** Held back: it could not be rewritten. */
        WITHHELD("withheld");

        private final String code;

        Result(String code) {
            this.code = code;
        }

        static List<String> codes() {
            return Arrays.stream(values()).map(result -> result.code).toList();
        }
    }

    Sanitiser(OutputDefense defence, Measures measures, LogLimit log) {
        this.defence = defence;
        this.measures = measures;
        this.log = log;
    }

    /**
     * The event to pass on; null where it is held back, as is all of a batch event with a row that is bad or cannot be
     * rewritten. Told to the measures, for every valid row of a batch event.
     */
    @SuppressWarnings("ReferenceEquality") // A defence may leave the very bytes; the same array comes back untouched.
    byte @Nullable [] sanitise(Original original) {
        byte[] event = rewritten(original);
        Result result =
                event == null ? Result.WITHHELD : event == original.event() ? Result.UNCHANGED : Result.SANITISED;
        int queries = original.answered() instanceof Batch batch ? valid(batch) : 1;
        for (int i = 0; i < queries; i++) {
            measures.sanitised(result.code);
        }
        return event;
    }

    /** Bad rows are counted as rejected. */
    private static int valid(Batch batch) {
        return (int) IntStream.range(0, batch.size())
                .filter(i -> batch.row(i) instanceof Prediction)
                .count();
    }

    private byte @Nullable [] rewritten(Original original) {
        try {
            return switch (original.answered()) {
                case Prediction prediction -> {
                    defend(prediction);
                    yield rewriter.rewrite(original.event(), defended, prediction.classes());
                }
                case Batch batch -> rewriter.rewrite(original.event(), defended(batch));
            };
        } catch (RuntimeException e) {
            // Better one answer too few than one that gives away what the defence is there for.
            // Without the error's message, which may quote the answer.
            String error = e.getClass().getName();
            log.write(
                    LOG,
                    Level.WARN,
                    "withheld",
                    line -> line.addKeyValue("error", error)
                            .setMessage("a prediction was held back from the sanitised topic: {}")
                            .addArgument(error));
            return null;
        }
    }

    /** Leaves the answer with the defence before it in the buffer. */
    private void defend(Prediction prediction) {
        int classes = prediction.classes();
        if (defended.length < classes) {
            defended = new double[Math.max(classes, 2 * defended.length)];
        }
        if (classes > 0) {
            defence.apply(prediction.posterior(), classes, defended);
        }
    }

    /** The answers of a batch event with the defence before them, one by one in the one buffer. */
    private EventRewriter.RowPosteriors defended(Batch batch) {
        return new EventRewriter.RowPosteriors() {
            @Override
            public int makeReady(int place) {
                if (batch.row(place) instanceof Prediction prediction) {
                    defend(prediction);
                    return prediction.classes();
                }
                throw new IllegalArgumentException("a row that is no prediction has no answer to rewrite");
            }

            @Override
            public double[] posterior() {
                return defended;
            }
        };
    }
}
