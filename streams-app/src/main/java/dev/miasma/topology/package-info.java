// SPDX-License-Identifier: GPL-3.0-or-later
/** The wiring of the stages into one Kafka Streams topology, and the settings it runs with. */
@NullMarked
package dev.miasma.topology;

import org.jspecify.annotations.NullMarked;
