// SPDX-License-Identifier: GPL-3.0-or-later
/** The stages of the monitor over logs of prediction events, without Kafka. */
@NullMarked
package dev.miasma.backtest;

import org.jspecify.annotations.NullMarked;
