// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.detect;

import dev.miasma.config.SensorSettings;
import dev.miasma.score.FlagEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sensors of a level with their weights, which add up to 1: a weighted mean of e-detectors is an e-detector (Shin,
 * Ramdas and Rinaldo 2022).
 */
final class Sensors {
    private final Sensor[] sensors;

    /** Of each sensor; looked up here, for a call by the interface costs more than what it says. */
    private final int[] places;

    private final double[] weights = new double[Sensor.COUNT];

    private Sensors(List<Sensor> wanted, SensorSettings settings) {
        double[] given = {
            settings.memberLikeness(),
            settings.neighbourhood(),
            settings.climb(),
            settings.repeat(),
            settings.trainingHit()
        };
        double sum = 0;
        List<Sensor> on = new ArrayList<>();
        for (Sensor sensor : wanted) {
            if (given[sensor.place()] > 0) {
                on.add(sensor);
                sum += given[sensor.place()];
            }
        }
        sensors = on.toArray(Sensor[]::new);
        places = on.stream().mapToInt(Sensor::place).toArray();
        for (int place : places) {
            weights[place] = given[place] / sum;
        }
    }

    /** The sensors that a level has. */
    static Sensors of(Level level, SensorSettings settings) {
        List<Sensor> wanted = new ArrayList<>();
        wanted.add(new Sensor.MemberLikeness());
        wanted.add(new Sensor.TrainingHit(settings.trainingHitNull()));
        wanted.add(new Sensor.Neighbourhood(FlagEvidence.against(settings.neighbourhoodNull())));
        if (level == Level.CLIENT) {
            // Clients of a cohort may well ask the same as one another, and near it.
            wanted.add(new Sensor.Climb(FlagEvidence.against(settings.climbNull())));
            wanted.add(new Sensor.Repeat(FlagEvidence.against(settings.repeatNull())));
        }
        return new Sensors(wanted, settings);
    }

    /** Names of the sensors a level can have. */
    static List<String> names(Level level) {
        return Arrays.stream(of(level, SensorSettings.allOn()).all())
                .map(sensor -> Sensor.NAMES.get(sensor.place()))
                .toList();
    }

    /** The sensors that are on. */
    Sensor[] all() {
        return sensors;
    }

    /** The places of those, in the same order. */
    int[] places() {
        return places;
    }

    /** The weighted mean over sensors of the mean over rows. */
    double evidence(ClientState state) {
        double evidence = 0;
        for (int place : places) {
            evidence += evidence(state, place);
        }
        return evidence;
    }

    /** A sensor's part of the evidence. */
    double evidence(ClientState state, int place) {
        return weights[place] * EDetector.evidence(state.evidence[place]);
    }

    /** Most of a benign subject's queries that a sensor flags; NaN where its table is calibrated. */
    double nullShare(int place) {
        for (Sensor sensor : sensors) {
            if (sensor.place() == place) {
                return sensor.nullShare();
            }
        }
        return Double.NaN;
    }

    /** Place of the sensor with the largest part. */
    int leading(ClientState state) {
        int leading = places.length == 0 ? Sensor.MEMBER_LIKENESS : places[0];
        for (int place : places) {
            if (evidence(state, place) > evidence(state, leading)) {
                leading = place;
            }
        }
        return leading;
    }
}
