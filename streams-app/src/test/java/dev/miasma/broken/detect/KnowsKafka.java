// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.detect;

import org.apache.kafka.clients.producer.Producer;

interface KnowsKafka {
    Producer<?, ?> producer();
}
