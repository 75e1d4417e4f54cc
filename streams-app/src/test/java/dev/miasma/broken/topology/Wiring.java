// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.topology;

import dev.miasma.broken.score.Scored;
import org.apache.kafka.clients.producer.Producer;

/** Does nothing wrong: it may know every stage, and Kafka. */
public interface Wiring {
    Scored scored();

    Producer<?, ?> producer();
}
