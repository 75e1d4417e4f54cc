// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.config.NewerFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A query in the repartition topics, version 2, big-endian; version 1, of a release before, is still read. By client many
 * travel in one record, see {@link ScoredBatchSerde}:
 *
 * <pre>
 * u8  version (2)
 * u8  bits: 1 flagged, 2 budget guaranteed, 4 has cohort, 8 above the median, 16 has an attack score,
 *     32 fingerprint is the query's own, 64 has a training check, 128 training hit
 * u8  words of the locality fingerprint (0 or 4)
 * i64 event time   i64 fingerprint   f32 top confidence   locality words as i64
 * with an attack score:   f64 score   f64 null share   u8 bin   u8 rows, then rows x f32 ln L
 * with a training check:  u8 rows, then rows x f32 ln L
 * texts: query id, endpoint, version, client, the model id with an attack score, the cohort if there is one;
 *     each u16 length and UTF-8
 * </pre>
 */
public final class ScoredQuerySerde implements Serde<ScoredQuery> {
    private static final byte VERSION = 2;
    private static final int FLAGGED = 1;
    private static final int GUARANTEED = 2;
    private static final int HAS_COHORT = 4;
    private static final int ABOVE_MEDIAN = 8;
    private static final int HAS_ATTACK = 16;
    private static final int IDENTIFIED = 32;
    private static final int HAS_TRAINING = 64;
    private static final int TRAINING_HIT = 128;
    private static final int MAX_BYTE = 255;
    private static final int FIXED_BYTES = 3 + 2 * Long.BYTES + Float.BYTES;
    private static final int ATTACK_BYTES = 2 * Double.BYTES + 2;
    private static final int TEXTS = 6;
    private static final int MAX_UTF8_BYTES = 3;

    /** Instead of a text's length: the text is that of the query before it. */
    private static final int AS_BEFORE = 0xFFFF;

    @Override
    public Serializer<ScoredQuery> serializer() {
        return (topic, query) -> query == null ? null : write(query);
    }

    @Override
    public Deserializer<ScoredQuery> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(ScoredQuery query) {
        ByteBuffer out = ByteBuffer.allocate(sizeAtMost(query)).put(VERSION);
        put(query, null, out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * Writes all but the version.
     *
     * @param before the query before it in the same record, whose texts are not written again; null for none
     */
    static void put(ScoredQuery query, @Nullable ScoredQuery before, ByteBuffer out) {
        AttackScore attack = query.attack();
        TrainingCheck training = query.training();
        out.put((byte) bits(query, attack, training))
                .put((byte) query.locality().length)
                .putLong(query.timeMillis())
                .putLong(query.fingerprint())
                .putFloat(query.topConfidence());
        for (long word : query.locality()) {
            out.putLong(word);
        }
        if (attack != null) {
            out.putDouble(attack.value()).putDouble(attack.nullShare()).put((byte) attack.bin());
            putRows(attack.evidence(), out);
        }
        if (training != null) {
            putRows(training.evidence(), out);
        }
        putText(query.queryId(), null, out);
        putText(query.endpoint(), before == null ? null : before.endpoint(), out);
        putText(query.version(), before == null ? null : before.version(), out);
        putText(query.client(), before == null ? null : before.client(), out);
        if (attack != null) {
            putText(attack.modelId(), modelOf(before), out);
        }
        if (query.cohort() != null) {
            putText(query.cohort(), before == null ? null : before.cohort(), out);
        }
    }

    private static @Nullable String modelOf(@Nullable ScoredQuery query) {
        return query == null || query.attack() == null ? null : query.attack().modelId();
    }

    private static void putText(String text, @Nullable String before, ByteBuffer out) {
        if (text.equals(before)) {
            out.putShort((short) AS_BEFORE);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length >= AS_BEFORE) {
            throw new SerializationException("scored query with a text of " + utf8.length + " bytes: at most "
                    + (AS_BEFORE - 1) + " can be written");
        }
        out.putShort((short) utf8.length).put(utf8);
    }

    /** At least as many bytes as a query is written in: each character of its texts counts as the longest one. */
    static int sizeAtMost(ScoredQuery query) {
        AttackScore attack = query.attack();
        TrainingCheck training = query.training();
        int chars = query.queryId().length()
                + query.endpoint().length()
                + query.version().length()
                + query.client().length()
                + (attack == null ? 0 : attack.modelId().length())
                + (query.cohort() == null ? 0 : query.cohort().length());
        return FIXED_BYTES
                + query.locality().length * Long.BYTES
                + (attack == null ? 0 : ATTACK_BYTES + attack.evidence().rows() * Float.BYTES)
                + (training == null ? 0 : 1 + training.evidence().rows() * Float.BYTES)
                + TEXTS * Short.BYTES
                + chars * MAX_UTF8_BYTES;
    }

    private static int bits(ScoredQuery query, @Nullable AttackScore attack, @Nullable TrainingCheck training) {
        int bits = query.cohort() == null ? 0 : HAS_COHORT;
        bits |= query.identified() ? IDENTIFIED : 0;
        if (attack != null) {
            bits |= HAS_ATTACK
                    | (attack.flagged() ? FLAGGED : 0)
                    | (attack.budgetGuaranteed() ? GUARANTEED : 0)
                    | (attack.aboveMedian() ? ABOVE_MEDIAN : 0);
        }
        if (training != null) {
            bits |= HAS_TRAINING | (training.hit() ? TRAINING_HIT : 0);
        }
        return bits;
    }

    private static void putRows(EvidenceColumn evidence, ByteBuffer out) {
        if (evidence.rows() > MAX_BYTE) {
            throw new SerializationException("scored query with " + evidence.rows() + " rows of evidence: at most "
                    + MAX_BYTE + " can be written");
        }
        out.put((byte) evidence.rows());
        for (int row = 0; row < evidence.rows(); row++) {
            out.putFloat(evidence.log(row));
        }
    }

    static ScoredQuery read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            return switch (version) {
                case 1 -> readVersion1(in);
                case VERSION -> read(in, null);
                default -> throw refused(version, "1 and " + VERSION, VERSION);
            };
        } catch (BufferUnderflowException e) {
            throw new SerializationException("scored query of " + bytes.length + " bytes is cut short", e);
        }
    }

    /** What to say of a version that cannot be read. */
    static SerializationException refused(byte version, String readable, byte newest) {
        String message = "scored query of version " + version + ": this release reads versions " + readable
                + "; run the release that wrote it, or reset the application";
        return new SerializationException(message, NewerFormatException.of(message, version, newest));
    }

    /**
     * Reads what {@link #put} has written.
     *
     * @throws BufferUnderflowException if there is less of it
     */
    static ScoredQuery read(ByteBuffer in, @Nullable ScoredQuery before) {
        int bits = in.get();
        long[] locality = words(Byte.toUnsignedInt(in.get()), in);
        long time = in.getLong();
        long fingerprint = in.getLong();
        float topConfidence = in.getFloat();
        for (int i = 0; i < locality.length; i++) {
            locality[i] = in.getLong();
        }
        boolean scored = (bits & HAS_ATTACK) != 0;
        double score = scored ? in.getDouble() : 0;
        double nullShare = scored ? in.getDouble() : 0;
        int bin = scored ? Byte.toUnsignedInt(in.get()) : 0;
        EvidenceColumn evidence = scored ? readRows(in) : EvidenceColumn.of();
        TrainingCheck training =
                (bits & HAS_TRAINING) == 0 ? null : new TrainingCheck((bits & TRAINING_HIT) != 0, readRows(in));
        String queryId = text(in);
        String endpoint = text(in, before == null ? null : before.endpoint());
        String modelVersion = text(in, before == null ? null : before.version());
        String client = text(in, before == null ? null : before.client());
        AttackScore attack = null;
        if (scored) {
            attack = new AttackScore(
                    score,
                    bin,
                    (bits & ABOVE_MEDIAN) != 0,
                    (bits & FLAGGED) != 0,
                    evidence,
                    nullShare,
                    text(in, modelOf(before)),
                    (bits & GUARANTEED) != 0);
        }
        String cohort = (bits & HAS_COHORT) == 0 ? null : text(in, before == null ? null : before.cohort());
        return new ScoredQuery(
                queryId,
                endpoint,
                modelVersion,
                client,
                cohort,
                time,
                fingerprint,
                (bits & IDENTIFIED) != 0,
                locality,
                topConfidence,
                attack,
                training);
    }

    /** Version 1 knew no locality, no training check and no bin; its fingerprints do not say whose they are. */
    private static ScoredQuery readVersion1(ByteBuffer in) {
        int bits = in.get();
        long time = in.getLong();
        long fingerprint = in.getLong();
        double score = in.getDouble();
        double nullShare = in.getDouble();
        EvidenceColumn evidence = readRows(in);
        String queryId = text(in);
        String endpoint = text(in);
        String modelVersion = text(in);
        String client = text(in);
        var attack = new AttackScore(
                score,
                AttackScore.NO_BIN,
                (bits & ABOVE_MEDIAN) != 0,
                (bits & FLAGGED) != 0,
                evidence,
                nullShare,
                text(in),
                (bits & GUARANTEED) != 0);
        String cohort = (bits & HAS_COHORT) == 0 ? null : text(in);
        return new ScoredQuery(
                queryId,
                endpoint,
                modelVersion,
                client,
                cohort,
                time,
                fingerprint,
                false,
                ScoredQuery.NO_LOCALITY,
                Float.NaN,
                attack,
                null);
    }

    private static long[] words(int count, ByteBuffer in) {
        if (count != 0 && count != ScoredQuery.LOCALITY_WORDS) {
            throw new SerializationException("scored query with a locality fingerprint of " + count + " words: 0 or "
                    + ScoredQuery.LOCALITY_WORDS + " needed");
        }
        if (in.remaining() < count * Long.BYTES) {
            throw new BufferUnderflowException();
        }
        return count == 0 ? ScoredQuery.NO_LOCALITY : new long[count];
    }

    private static EvidenceColumn readRows(ByteBuffer in) {
        float[] rows = new float[Byte.toUnsignedInt(in.get())];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = in.getFloat();
        }
        return EvidenceColumn.owning(rows);
    }

    private static String text(ByteBuffer in) {
        return text(in, null);
    }

    private static String text(ByteBuffer in, @Nullable String before) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length == AS_BEFORE && before != null) {
            return before;
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
