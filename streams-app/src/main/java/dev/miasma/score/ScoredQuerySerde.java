// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The record of the repartition topic, version 1, big-endian:
 *
 * <pre>
 * u8  version (1)
 * u8  bits: 1 flagged, 2 budget guaranteed, 4 has cohort, 8 above the median
 * i64 event time   i64 fingerprint   f64 score   f64 null share
 * u8  rows, then rows x f32 ln L
 * texts: query id, endpoint, version, client, model id, and the cohort if there is one; each u16 length and UTF-8
 * </pre>
 */
public final class ScoredQuerySerde implements Serde<ScoredQuery> {
    private static final byte VERSION = 1;
    private static final int FLAGGED = 1;
    private static final int GUARANTEED = 2;
    private static final int HAS_COHORT = 4;
    private static final int ABOVE_MEDIAN = 8;
    private static final int MAX_ROWS = 255;
    private static final int FIXED_BYTES = 2 + 4 * Long.BYTES + 1;

    @Override
    public Serializer<ScoredQuery> serializer() {
        return (topic, query) -> query == null ? null : write(query);
    }

    @Override
    public Deserializer<ScoredQuery> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(ScoredQuery query) {
        if (query.logEvidence().length > MAX_ROWS) {
            throw new SerializationException("scored query with " + query.logEvidence().length
                    + " rows of evidence: at most " + MAX_ROWS + " can be written");
        }
        byte[][] texts = {
            utf8(query.queryId()),
            utf8(query.endpoint()),
            utf8(query.version()),
            utf8(query.client()),
            utf8(query.modelId()),
            utf8(query.cohort() == null ? "" : query.cohort())
        };
        int count = query.cohort() == null ? texts.length - 1 : texts.length;
        int size = FIXED_BYTES + query.logEvidence().length * Float.BYTES;
        for (int i = 0; i < count; i++) {
            size += Short.BYTES + texts[i].length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(VERSION)
                .put((byte) ((query.flagged() ? FLAGGED : 0)
                        | (query.budgetGuaranteed() ? GUARANTEED : 0)
                        | (query.cohort() == null ? 0 : HAS_COHORT)
                        | (query.aboveMedian() ? ABOVE_MEDIAN : 0)))
                .putLong(query.timeMillis())
                .putLong(query.fingerprint())
                .putDouble(query.score())
                .putDouble(query.nullShare())
                .put((byte) query.logEvidence().length);
        for (float row : query.logEvidence()) {
            out.putFloat(row);
        }
        for (int i = 0; i < count; i++) {
            out.putShort((short) texts[i].length).put(texts[i]);
        }
        return out.array();
    }

    static ScoredQuery read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                throw new SerializationException(
                        "scored query of version " + version + ": this release reads version " + VERSION);
            }
            byte bits = in.get();
            long time = in.getLong();
            long fingerprint = in.getLong();
            double score = in.getDouble();
            double nullShare = in.getDouble();
            float[] logEvidence = new float[Byte.toUnsignedInt(in.get())];
            for (int i = 0; i < logEvidence.length; i++) {
                logEvidence[i] = in.getFloat();
            }
            String queryId = text(in);
            String endpoint = text(in);
            String modelVersion = text(in);
            String client = text(in);
            String modelId = text(in);
            @Nullable String cohort = (bits & HAS_COHORT) == 0 ? null : text(in);
            return new ScoredQuery(
                    queryId,
                    endpoint,
                    modelVersion,
                    client,
                    cohort,
                    time,
                    fingerprint,
                    score,
                    (bits & ABOVE_MEDIAN) != 0,
                    (bits & FLAGGED) != 0,
                    logEvidence,
                    nullShare,
                    modelId,
                    (bits & GUARANTEED) != 0);
        } catch (BufferUnderflowException e) {
            throw new SerializationException("scored query of " + bytes.length + " bytes is cut short", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
