// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.detect;

import org.apache.kafka.clients.producer.Producer;

/** Does nothing wrong: its name says that it touches Kafka. */
interface EvidenceStore {
    Producer<?, ?> producer();
}
