// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.NewerFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * The bytes of a block in store, changelog and repartition topic, version 1, big-endian; numbers marked v are zigzag
 * varints, texts are u16 length and UTF-8.
 *
 * <pre>
 * u8  version (1)        i64 start of the second
 * v   queries, new clients, flagged
 * u8  bins, then each as v
 * texts: endpoint, version of its model, attack model
 * </pre>
 */
public final class LeakBlockSerde implements Serde<LeakBlock> {
    private static final byte VERSION = 1;
    private static final int MOST_VARINT_BYTES = 10;
    private static final int MOST_FIXED_BYTES =
            2 + Long.BYTES + (3 + Tally.MAX_BINS) * MOST_VARINT_BYTES + 3 * Short.BYTES;

    @Override
    public Serializer<LeakBlock> serializer() {
        return (topic, block) -> block == null ? null : write(block);
    }

    @Override
    public Deserializer<LeakBlock> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(LeakBlock block) {
        byte[][] texts = {utf8(block.endpoint()), utf8(block.version()), utf8(block.modelId())};
        int size = MOST_FIXED_BYTES;
        for (byte[] text : texts) {
            size += text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).putLong(block.secondMillis());
        ByteUtils.writeVarlong(block.queries(), out);
        ByteUtils.writeVarlong(block.newClients(), out);
        ByteUtils.writeVarlong(block.flagged(), out);
        out.put((byte) block.bins().length);
        for (long count : block.bins()) {
            ByteUtils.writeVarlong(count, out);
        }
        for (byte[] text : texts) {
            out.putShort((short) text.length).put(text);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    static LeakBlock read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte version = in.get();
            if (version != VERSION) {
                String message = "leak block of version " + version + ": this release reads version " + VERSION
                        + "; run the release that wrote it, or reset the application";
                throw new SerializationException(message, NewerFormatException.of(message, version, VERSION));
            }
            long second = in.getLong();
            long queries = ByteUtils.readVarlong(in);
            long newClients = ByteUtils.readVarlong(in);
            long flagged = ByteUtils.readVarlong(in);
            int count = Byte.toUnsignedInt(in.get());
            if (count > Tally.MAX_BINS) {
                throw new SerializationException(
                        "leak block with " + count + " bins: at most " + Tally.MAX_BINS + " can be");
            }
            long[] bins = new long[count];
            for (int bin = 0; bin < count; bin++) {
                bins[bin] = ByteUtils.readVarlong(in);
            }
            String endpoint = text(in);
            String modelVersion = text(in);
            return new LeakBlock(endpoint, modelVersion, second, queries, newClients, text(in), flagged, bins);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException("leak block of " + bytes.length + " bytes cannot be read", e);
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
