// SPDX-License-Identifier: GPL-3.0-or-later
/** A Kafka broker inside this JVM, for the demo, the bench and the tests; never part of a production run. */
@NullMarked
package dev.miasma.embedded;

import org.jspecify.annotations.NullMarked;
