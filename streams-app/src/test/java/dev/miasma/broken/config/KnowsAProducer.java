// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.config;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigDef;

interface KnowsAProducer {
    ConfigDef allowed();

    Producer<?, ?> notAllowed();
}
