// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/**
 * One query of a simulated client.
 *
 * @param id of the event
 * @param client name of the client
 * @param features of the record asked about; shared, not to be changed
 * @param timeMillis event time, milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
public record SimulatedQuery(String id, String client, double[] features, long timeMillis) {}
