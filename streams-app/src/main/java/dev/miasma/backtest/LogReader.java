// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.backtest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a log, plain or gzip, which its first two bytes tell. Blank lines are passed over. Of a line longer than a
 * limit only the beginning is kept, so that a file without line breaks fills no memory. Not thread-safe.
 */
final class LogReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final String name;
    private final InputStream in;
    private final int limit;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private byte[] line = new byte[4096];
    private int length;
    private long number;

    /**
     * @param name for messages and for events without an id
     * @param raw the bytes as they are stored
     * @param limit bytes that are kept of a line
     * @param read raw bytes read are added here
     * @throws IOException naming the log, if it cannot be read
     */
    LogReader(String name, InputStream raw, int limit, AtomicLong read) throws IOException {
        this.name = name;
        this.limit = limit;
        try {
            InputStream counted = new BufferedInputStream(new Counted(raw, read), BUFFER);
            counted.mark(2);
            boolean gzip = counted.read() == GZIP_FIRST && counted.read() == GZIP_SECOND;
            counted.reset();
            in = gzip ? new GZIPInputStream(counted, BUFFER) : counted;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * The next line that is not blank, without its end; null at the end of the log.
     *
     * @throws IOException naming the log and the line, if it cannot be read on
     */
    byte @Nullable [] next() throws IOException {
        while (readLine()) {
            number++;
            if (!blank()) {
                return Arrays.copyOf(line, length);
            }
        }
        return null;
    }

    /** Where the last line stands. */
    String position() {
        return name + ":" + number;
    }

    /** Reads up to a line break or the end; false where there is nothing left. */
    private boolean readLine() throws IOException {
        length = 0;
        boolean any = false;
        while (from < to || fill()) {
            any = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            append(end);
            boolean ended = end < to;
            from = ended ? end + 1 : end;
            if (ended) {
                return true;
            }
        }
        return any;
    }

    private void append(int end) {
        int more = Math.min(end - from, limit - length);
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        }
        System.arraycopy(buffer, from, line, length, more);
        length += more;
    }

    private boolean fill() throws IOException {
        try {
            to = in.read(buffer);
        } catch (IOException e) {
            throw unreadable(e);
        }
        from = 0;
        return to > 0;
    }

    private boolean blank() {
        for (int i = 0; i < length; i++) {
            if (line[i] > ' ' || line[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private IOException unreadable(IOException e) {
        return new IOException(name + " cannot be read on after line " + number + ": " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Counts what goes through. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private final AtomicLong read;

        Counted(InputStream in, AtomicLong read) {
            this.in = in;
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            read.addAndGet(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int some = in.read(bytes, offset, count);
            read.addAndGet(Math.max(0, some));
            return some;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
