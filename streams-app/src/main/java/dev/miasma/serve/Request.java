// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.util.function.UnaryOperator;

/**
 * A request that was let in.
 *
 * @param segment the part of the path that the route leaves open, decoded; empty where it leaves none
 * @param query its parameters
 * @param header gives a header by its name, empty for none
 */
record Request(String segment, Query query, UnaryOperator<String> header) {}
