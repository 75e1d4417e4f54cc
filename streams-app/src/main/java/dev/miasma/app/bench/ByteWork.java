// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app.bench;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the bytes and no more. */
final class ByteWork implements ConsumerContender.Work {
    private long bytes;

    @Override
    public void take(ConsumerRecord<byte[], byte[]> event) {
        bytes += event.value().length;
    }

    /** Bytes of all values. */
    long bytes() {
        return bytes;
    }
}
