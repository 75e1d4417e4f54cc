// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import dev.miasma.decode.Arrival;
import dev.miasma.decode.Batch;
import dev.miasma.decode.Decoded;
import dev.miasma.decode.EventDecoder;
import dev.miasma.decode.Prediction;
import java.util.ArrayList;
import java.util.List;

/** Decodes the same queries, of one client, as events of one and as the rows of one event. */
final class DecodeOps {
    /** Rows of a batch event, and so many events beside it. */
    static final int ROWS = 200;

    private static final Arrival ARRIVAL = new Arrival("", 0, null, null);

    private final List<byte[]> singles = new ArrayList<>(ROWS);
    private final byte[] batch;

    /** @param events to be decoded; the shared fields of the batch event are those of the first */
    DecodeOps(BenchEvents events) {
        for (int i = 0; i < ROWS; i++) {
            singles.add(events.next());
        }
        batch = BatchJson.of(singles);
    }

    /** An event for each query. */
    OpTimer.Op singles() {
        return new DecodeOp(singles);
    }

    /** One event with a row for each query. */
    OpTimer.Op rows() {
        return new DecodeOp(List.of(batch));
    }

    private static final class DecodeOp implements OpTimer.Op {
        private final EventDecoder decoder = DecodeWork.decoder();
        private final List<byte[]> events;

        DecodeOp(List<byte[]> events) {
            this.events = events;
        }

        @Override
        public int size() {
            return ROWS;
        }

        @Override
        public double run() {
            double sum = 0;
            for (byte[] event : events) {
                Decoded decoded = decoder.decode(event, ARRIVAL);
                if (decoded instanceof Batch batch) {
                    for (int i = 0; i < batch.size(); i++) {
                        sum += first(batch.row(i));
                    }
                } else {
                    sum += first(decoded);
                }
            }
            return sum;
        }

        private static double first(Decoded decoded) {
            if (decoded instanceof Prediction prediction) {
                return prediction.posterior()[0];
            }
            throw new BenchException("an event cannot be decoded: " + decoded);
        }
    }
}
