// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import java.util.Random;

/** When a client asks. One for each client: it may have a memory. */
interface Pace {

    /**
     * Event time to the next query.
     *
     * @param meanMicros microseconds between queries, on average over many
     * @return microseconds
     */
    double gapMicros(double meanMicros, Random random);

    /** At any time, independent of the last (a Poisson process). */
    static Pace steady() {
        return (meanMicros, random) -> exponential(meanMicros, random);
    }

    /**
     * In bunches with pauses between.
     *
     * @param size queries in a bunch
     * @param times how many times shorter the gaps in a bunch are than on average, at least 1; infinite for none
     */
    static Pace bunches(int size, double times) {
        return new Pace() {
            private int left;

            @Override
            public double gapMicros(double meanMicros, Random random) {
                if (left > 0) {
                    left--;
                    return times == Double.POSITIVE_INFINITY ? 0 : exponential(meanMicros / times, random);
                }
                left = size - 1;
                return exponential(meanMicros * (size - (size - 1) / times), random);
            }
        };
    }

    private static double exponential(double mean, Random random) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
