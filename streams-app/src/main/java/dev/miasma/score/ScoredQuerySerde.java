// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.config.NewerFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The record of the repartition topics, version 2, big-endian; version 1, of a release before, is still read:
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
    private static final byte[] NO_TEXT = {};

    @Override
    public Serializer<ScoredQuery> serializer() {
        return (topic, query) -> query == null ? null : write(query);
    }

    @Override
    public Deserializer<ScoredQuery> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(ScoredQuery query) {
        AttackScore attack = query.attack();
        TrainingCheck training = query.training();
        byte[][] texts = {
            utf8(query.queryId()),
            utf8(query.endpoint()),
            utf8(query.version()),
            utf8(query.client()),
            attack == null ? NO_TEXT : utf8(attack.modelId()),
            query.cohort() == null ? NO_TEXT : utf8(query.cohort())
        };
        int size = FIXED_BYTES + query.locality().length * Long.BYTES;
        size += attack == null ? 0 : ATTACK_BYTES + rows(attack.evidence()) * Float.BYTES;
        size += training == null ? 0 : 1 + rows(training.evidence()) * Float.BYTES;
        for (int i = 0; i < texts.length; i++) {
            size += isWritten(i, query) ? Short.BYTES + texts[i].length : 0;
        }
        ByteBuffer out = ByteBuffer.allocate(size)
                .put(VERSION)
                .put((byte) bits(query, attack, training))
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
        for (int i = 0; i < texts.length; i++) {
            if (isWritten(i, query)) {
                out.putShort((short) texts[i].length).put(texts[i]);
            }
        }
        return out.array();
    }

    private static boolean isWritten(int text, ScoredQuery query) {
        return text < 4 || (text == 4 ? query.attack() != null : query.cohort() != null);
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

    private static int rows(EvidenceColumn evidence) {
        if (evidence.rows() > MAX_BYTE) {
            throw new SerializationException("scored query with " + evidence.rows() + " rows of evidence: at most "
                    + MAX_BYTE + " can be written");
        }
        return evidence.rows();
    }

    private static void putRows(EvidenceColumn evidence, ByteBuffer out) {
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
                case VERSION -> readVersion2(in);
                default -> {
                    String message = "scored query of version " + version + ": this release reads versions 1 and "
                            + VERSION + "; run the release that wrote it, or reset the application";
                    throw new SerializationException(message, NewerFormatException.of(message, version, VERSION));
                }
            };
        } catch (BufferUnderflowException e) {
            throw new SerializationException("scored query of " + bytes.length + " bytes is cut short", e);
        }
    }

    private static ScoredQuery readVersion2(ByteBuffer in) {
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
        String endpoint = text(in);
        String modelVersion = text(in);
        String client = text(in);
        AttackScore attack = null;
        if (scored) {
            attack = new AttackScore(
                    score,
                    bin,
                    (bits & ABOVE_MEDIAN) != 0,
                    (bits & FLAGGED) != 0,
                    evidence,
                    nullShare,
                    text(in),
                    (bits & GUARANTEED) != 0);
        }
        String cohort = (bits & HAS_COHORT) == 0 ? null : text(in);
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer in) {
        byte[] utf8 = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
