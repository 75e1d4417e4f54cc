// SPDX-License-Identifier: GPL-3.0-or-later
/** The monitor's HTTP side: console page, API, metrics and health. Knows no Kafka: what it serves comes through small interfaces. */
@NullMarked
package dev.miasma.serve;

import org.jspecify.annotations.NullMarked;
