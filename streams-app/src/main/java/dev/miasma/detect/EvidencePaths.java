// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the evidence of the subjects that come near an alarm went, for people to look at: no decision depends on it. In
 * memory only, so it is gone after a restart, and bounded: at most {@value #MOST_SUBJECTS} subjects, of which the coldest
 * goes first, and {@value #MOST_POINTS} points each. Below {@link #FLOOR} nothing is kept, and a query costs one comparison.
 *
 * <p>Thread-safe; above the floor a query takes a lock for some tens of nanoseconds.
 */
public final class EvidencePaths {
    /** Evidence from which on a path is kept. */
    public static final double FLOOR = 10;

    /** Most subjects kept. */
    public static final int MOST_SUBJECTS = 512;

    /** Most points of one of them. */
    public static final int MOST_POINTS = 256;

    /** Event time in which a path that gets no more points becomes as cold as one whose peak is a tenth of its own. */
    private static final double COOLING_MILLIS = 60 * 60 * 1000;

    private final double floor;
    private final int mostSubjects;
    private final int mostPoints;
    private final Map<String, Track> tracks = new HashMap<>();
    private long newestMillis = Long.MIN_VALUE;

    /** Paths of the usual bounds. */
    public EvidencePaths() {
        this(FLOOR, MOST_SUBJECTS, MOST_POINTS);
    }

    EvidencePaths(double floor, int mostSubjects, int mostPoints) {
        this.floor = floor;
        this.mostSubjects = mostSubjects;
        this.mostPoints = mostPoints;
    }

    /** Keeps none. */
    public static EvidencePaths none() {
        return new EvidencePaths(Double.POSITIVE_INFINITY, 1, 2);
    }

    /** The points of one subject: of each {@code stride} offered ones the highest. */
    private static final class Track {
        private final int most;
        private long[] times = new long[8];
        private float[] evidences = new float[8];
        private byte[] sensors = new byte[8];
        private int size;
        private int stride = 1;
        private int offered;
        private float peak;

        Track(int most) {
            this.most = most;
        }

        void offer(long timeMillis, float evidence, byte sensor) {
            peak = Math.max(peak, evidence);
            boolean opens = offered == 0;
            offered = (offered + 1) % stride;
            if (opens) {
                append(timeMillis, evidence, sensor);
            } else if (evidence >= evidences[size - 1]) {
                set(size - 1, timeMillis, evidence, sensor);
            }
        }

        private void append(long timeMillis, float evidence, byte sensor) {
            if (size == most) {
                halve();
            }
            if (size == times.length) {
                int room = Math.min(most, size * 2);
                times = Arrays.copyOf(times, room);
                evidences = Arrays.copyOf(evidences, room);
                sensors = Arrays.copyOf(sensors, room);
            }
            set(size++, timeMillis, evidence, sensor);
        }

        /** Of each two neighbours the higher stays. The newest, just begun, then opens a stretch of twice the length. */
        private void halve() {
            int kept = 0;
            for (int at = 0; at < size; at += 2) {
                int higher = at + 1 < size && evidences[at + 1] >= evidences[at] ? at + 1 : at;
                set(kept++, times[higher], evidences[higher], sensors[higher]);
            }
            size = kept;
            stride *= 2;
            offered = 1;
        }

        private void set(int at, long timeMillis, float evidence, byte sensor) {
            times[at] = timeMillis;
            evidences[at] = evidence;
            sensors[at] = sensor;
        }

        double heat(long nowMillis) {
            long newest = times[size - 1];
            return Math.log10(peak) - Math.max(0, nowMillis - newest) / COOLING_MILLIS;
        }

        EvidencePath path() {
            List<EvidencePath.Point> points = new ArrayList<>(size);
            for (int at = 0; at < size; at++) {
                points.add(new EvidencePath.Point(times[at], evidences[at], Sensor.NAMES.get(sensors[at])));
            }
            return new EvidencePath(points, stride > 1);
        }
    }

    /** Whether evidence is high enough to be kept. */
    boolean wants(double evidence) {
        return evidence >= floor;
    }

    /**
     * Adds a point that is {@linkplain #wants wanted}.
     *
     * @param key of the subject's state
     * @param timeMillis event time of the query
     * @param evidence after it, before an alarm took it away
     * @param sensor place of the sensor with the largest part
     */
    synchronized void add(Level level, String key, long timeMillis, double evidence, int sensor) {
        newestMillis = Math.max(newestMillis, timeMillis);
        String name = nameOf(level, key);
        Track track = tracks.get(name);
        if (track == null) {
            if (tracks.size() == mostSubjects) {
                dropColdest();
            }
            track = new Track(mostPoints);
            tracks.put(name, track);
        }
        track.offer(timeMillis, (float) evidence, (byte) sensor);
    }

    private void dropColdest() {
        String coldest = null;
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Track> entry : tracks.entrySet()) {
            double heat = entry.getValue().heat(newestMillis);
            if (heat < least) {
                least = heat;
                coldest = entry.getKey();
            }
        }
        tracks.remove(coldest);
    }

    /** The path of a subject at an endpoint; null where there is none. */
    @Nullable
    EvidencePath of(Level level, String key) {
        synchronized (this) {
            Track track = tracks.get(nameOf(level, key));
            return track == null ? null : track.path();
        }
    }

    synchronized int subjects() {
        return tracks.size();
    }

    private static String nameOf(Level level, String key) {
        return level == Level.COHORT ? "cohort:" + key : key;
    }
}
