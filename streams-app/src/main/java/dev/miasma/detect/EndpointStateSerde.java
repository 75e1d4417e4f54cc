// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.NewerFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an endpoint's state in store and changelog, version 1, big-endian; numbers marked v are zigzag varints,
 * texts are u16 length and UTF-8, lists are u8 length and as many.
 *
 * <pre>
 * u8  version (1)         i64 last seen
 * i64 first, newest and flooded minute of the watch for floods, v new clients of each of 61 minutes
 * v   alarms, i64 end of the cool-down
 * u8  versions, then each:
 *   text version, i64 last seen, list of f64 M, v alarms, i64 end of the cool-down
 *   i64 since, v blocks, queries, scored, flagged
 *   text attack model of the recent scores, list of v older, list of v newer
 *   u8 1 where it is compared with a version before, then:
 *     text before, f64 ln E, u8 bits: 1 mixed, 2 alarmed
 *     for a and b: v scored, flagged, next scored, next flagged, i64 next since, text attack model
 * </pre>
 */
final class EndpointStateSerde implements Serde<EndpointState> {
    private static final byte VERSION = 1;
    private static final int MIXED = 1;
    private static final int ALARMED = 2;

    @Override
    public Serializer<EndpointState> serializer() {
        return (topic, state) -> state == null ? null : write(state);
    }

    @Override
    public Deserializer<EndpointState> deserializer() {
        return (topic, bytes) -> bytes == null ? null : read(bytes);
    }

    static byte[] write(EndpointState state) {
        var bytes = new ByteArrayOutputStream();
        try {
            write(state, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new SerializationException("endpoint state cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(EndpointState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state.lastSeenMillis);
        out.writeLong(state.flood.first);
        out.writeLong(state.flood.newest);
        out.writeLong(state.flood.flooded);
        for (long count : state.flood.minutes) {
            ByteUtils.writeVarlong(count, out);
        }
        write(state.floodAlarms, out);
        out.writeByte(state.versions.size());
        for (VersionState version : state.versions) {
            write(version, out);
        }
    }

    private static void write(Cooldown cooldown, DataOutput out) throws IOException {
        ByteUtils.writeVarlong(cooldown.alarms, out);
        out.writeLong(cooldown.endMillis);
    }

    private static void write(VersionState version, DataOutput out) throws IOException {
        writeText(version.version, out);
        out.writeLong(version.lastSeenMillis);
        out.writeByte(version.leak.rows.length);
        for (double row : version.leak.rows) {
            out.writeDouble(row);
        }
        write(version.leakAlarms, out);
        out.writeLong(version.sinceMillis);
        ByteUtils.writeVarlong(version.blocks, out);
        ByteUtils.writeVarlong(version.queries, out);
        ByteUtils.writeVarlong(version.scored, out);
        ByteUtils.writeVarlong(version.flagged, out);
        writeText(version.recent.model, out);
        writeCounts(version.recent.older, out);
        writeCounts(version.recent.newer, out);
        out.writeByte(version.test == null ? 0 : 1);
        if (version.test != null) {
            write(version.test, out);
        }
    }

    private static void write(VersionTest test, DataOutput out) throws IOException {
        writeText(test.before, out);
        out.writeDouble(test.logEvidence);
        out.writeByte((test.mixed ? MIXED : 0) | (test.alarmed ? ALARMED : 0));
        for (VersionTest.Side side : new VersionTest.Side[] {test.a, test.b}) {
            ByteUtils.writeVarlong(side.scored, out);
            ByteUtils.writeVarlong(side.flagged, out);
            ByteUtils.writeVarlong(side.nextScored, out);
            ByteUtils.writeVarlong(side.nextFlagged, out);
            out.writeLong(side.nextSinceMillis);
            writeText(side.model, out);
        }
    }

    static EndpointState read(byte[] bytes) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | IllegalArgumentException e) {
            throw new SerializationException("endpoint state of " + bytes.length + " bytes cannot be read", e);
        }
    }

    private static EndpointState read(DataInputStream in) throws IOException {
        byte written = in.readByte();
        if (written != VERSION) {
            String message = "endpoint state of version " + written + ": this release reads version " + VERSION
                    + "; run the release that wrote it, or reset the application";
            throw new SerializationException(message, NewerFormatException.of(message, written, VERSION));
        }
        EndpointState state = new EndpointState();
        state.lastSeenMillis = in.readLong();
        state.flood.first = in.readLong();
        state.flood.newest = in.readLong();
        state.flood.flooded = in.readLong();
        for (int minute = 0; minute < state.flood.minutes.length; minute++) {
            state.flood.minutes[minute] = ByteUtils.readVarlong(in);
        }
        read(state.floodAlarms, in);
        int versions = in.readUnsignedByte();
        if (versions > EndpointState.MAX_VERSIONS) {
            throw new IllegalArgumentException(
                    versions + " versions: at most " + EndpointState.MAX_VERSIONS + " can be");
        }
        for (int i = 0; i < versions; i++) {
            state.versions.add(readVersion(in));
        }
        return state;
    }

    private static void read(Cooldown cooldown, DataInputStream in) throws IOException {
        cooldown.alarms = (int) ByteUtils.readVarlong(in);
        cooldown.endMillis = in.readLong();
    }

    private static VersionState readVersion(DataInputStream in) throws IOException {
        String name = readText(in);
        long lastSeen = in.readLong();
        double[] rows = new double[in.readUnsignedByte()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = in.readDouble();
        }
        Cooldown alarms = new Cooldown();
        read(alarms, in);
        long since = in.readLong();
        long[] counts = new long[4];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = ByteUtils.readVarlong(in);
        }
        String model = readText(in);
        long[] older = readCounts(in);
        long[] newer = readCounts(in);
        VersionState version = new VersionState(name, in.readByte() == 0 ? null : readTest(in));
        version.lastSeenMillis = lastSeen;
        version.leak.rows = rows;
        version.leakAlarms.alarms = alarms.alarms;
        version.leakAlarms.endMillis = alarms.endMillis;
        version.sinceMillis = since;
        version.blocks = counts[0];
        version.queries = counts[1];
        version.scored = counts[2];
        version.flagged = counts[3];
        version.recent.model = model;
        version.recent.older = older;
        version.recent.newer = newer;
        return version;
    }

    private static @Nullable VersionTest readTest(DataInputStream in) throws IOException {
        VersionTest test = new VersionTest(readText(in));
        test.logEvidence = in.readDouble();
        int bits = in.readUnsignedByte();
        test.mixed = (bits & MIXED) != 0;
        test.alarmed = (bits & ALARMED) != 0;
        for (VersionTest.Side side : new VersionTest.Side[] {test.a, test.b}) {
            side.scored = ByteUtils.readVarlong(in);
            side.flagged = ByteUtils.readVarlong(in);
            side.nextScored = ByteUtils.readVarlong(in);
            side.nextFlagged = ByteUtils.readVarlong(in);
            side.nextSinceMillis = in.readLong();
            side.model = readText(in);
        }
        return test;
    }

    private static void writeCounts(long[] counts, DataOutput out) throws IOException {
        out.writeByte(counts.length);
        for (long count : counts) {
            ByteUtils.writeVarlong(count, out);
        }
    }

    private static long[] readCounts(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        if (length > Tally.MAX_BINS) {
            throw new IllegalArgumentException(length + " bins: at most " + Tally.MAX_BINS + " can be");
        }
        long[] counts = new long[length];
        for (int bin = 0; bin < length; bin++) {
            counts[bin] = ByteUtils.readVarlong(in);
        }
        return counts;
    }

    private static void writeText(String text, DataOutput out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(utf8.length);
        out.write(utf8);
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] utf8 = new byte[in.readUnsignedShort()];
        in.readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
