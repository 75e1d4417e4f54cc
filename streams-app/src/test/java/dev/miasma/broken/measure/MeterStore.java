// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.measure;

import org.apache.kafka.clients.producer.Producer;

interface MeterStore {
    Producer<?, ?> producer();
}
