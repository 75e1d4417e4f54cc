// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.score.ScoredBatch.Timed;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The record of the hop by client, version 3 of {@link ScoredQuerySerde}'s, whose earlier ones, of one query each, are still
 * read:
 *
 * <pre>
 * u8  version (3), then for each query
 *     varlong timestamp of its record less that of the query before, less 0 for the first
 *     the query as {@link ScoredQuerySerde} writes it, without the version, and with 0xffff for the length of a text other
 *     than the query's id that is that of the query before
 * </pre>
 */
public final class ScoredBatchSerde implements Serde<ScoredBatch> {
    private static final byte VERSION = 3;
    private static final int MAX_VARLONG_BYTES = 10;

    @Override
    public Serializer<ScoredBatch> serializer() {
        return (topic, batch) -> batch == null ? null : write(batch);
    }

    @Override
    public Deserializer<ScoredBatch> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(ScoredBatch batch) {
        int size = 1;
        for (Timed timed : batch.queries()) {
            size += MAX_VARLONG_BYTES + ScoredQuerySerde.sizeAtMost(timed.query());
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(VERSION);
        ScoredQuery before = null;
        long timestamp = 0;
        for (Timed timed : batch.queries()) {
            ByteUtils.writeVarlong(timed.timestampMillis() - timestamp, out);
            ScoredQuerySerde.put(timed.query(), before, out);
            timestamp = timed.timestampMillis();
            before = timed.query();
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    static ScoredBatch read(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] > VERSION) {
            throw ScoredQuerySerde.refused(bytes[0], "1 to " + VERSION, VERSION);
        }
        if (bytes.length == 0 || bytes[0] < VERSION) {
            return new ScoredBatch(List.of(new Timed(ScoredQuerySerde.read(bytes), ScoredBatch.OF_RECORD)));
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
        List<Timed> queries = new ArrayList<>();
        try {
            ScoredQuery before = null;
            long timestamp = 0;
            while (in.hasRemaining()) {
                timestamp += ByteUtils.readVarlong(in);
                if (timestamp < 0) {
                    throw new SerializationException(
                            "scored query " + queries.size() + " of a batch has the timestamp " + timestamp);
                }
                before = ScoredQuerySerde.read(in, before);
                queries.add(new Timed(before, timestamp));
            }
        } catch (BufferUnderflowException e) {
            throw new SerializationException(
                    "scored query " + queries.size() + " of a batch of " + bytes.length + " bytes is cut short", e);
        } catch (IllegalArgumentException e) {
            throw new SerializationException(
                    "scored query " + queries.size() + " of a batch has a timestamp of too many bytes", e);
        }
        return new ScoredBatch(queries);
    }
}
