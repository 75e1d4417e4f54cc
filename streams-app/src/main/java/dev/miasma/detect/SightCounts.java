// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.DetectSettings;
import dev.miasma.config.SensorSettings;
import dev.miasma.score.ClientSights;
import dev.miasma.score.ScoredQuery;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the sensors say of one client's queries, for who has to count as the monitor does: the same memory and ring,
 * which forget when the monitor's do, and the same sensors, whatever their weights. No evidence is added up. Not
 * thread-safe.
 */
public final class SightCounts implements ClientSights {
    private static final Sensors SENSORS = Sensors.of(Level.CLIENT, SensorSettings.allOn());

    private final int capacity;
    private final long idleMillis;
    private final FirstSightMemory everything = new FirstSightMemory();
    private final Sight sight = new Sight();
    private final long[] asked = new long[Sensor.COUNT];
    private final long[] flagged = new long[Sensor.COUNT];
    private @Nullable ClientState state;

    /** @param settings of the level of clients: how much is remembered, and for how long */
    public SightCounts(DetectSettings settings) {
        capacity = settings.firstSightCapacity();
        idleMillis = settings.idleMillis();
    }

    @Override
    public boolean add(ScoredQuery query) {
        ClientState client = state;
        if (client == null) {
            client = ClientState.firstSeen(query.timeMillis());
            state = client;
        }
        client.seenAt(query.timeMillis(), idleMillis);
        client.makeRoom(capacity);
        sight.look(client, query);
        for (Sensor sensor : SENSORS.all()) {
            int bin = sensor.bin(query, sight);
            if (bin != Sensor.SILENT) {
                asked[sensor.place()]++;
                flagged[sensor.place()] += bin == 1 ? 1 : 0;
            }
        }
        return everything.add(query.fingerprint());
    }

    @Override
    public long asked(String sensor) {
        return asked[place(sensor)];
    }

    @Override
    public long flagged(String sensor) {
        return flagged[place(sensor)];
    }

    private static int place(String sensor) {
        int place = Sensor.NAMES.indexOf(sensor);
        if (place < 0 || place == Sensor.MEMBER_LIKENESS) {
            throw new IllegalArgumentException(
                    "sensor is '" + sensor + "': must be one that flags, of " + Sensor.NAMES);
        }
        return place;
    }
}
