// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

/**
 * A benign null of one client's own: what an operator looked at and holds to be harmless becomes what this client may do.
 * The bound of each cut is raised to the upper Clopper-Pearson bound of what was observed, at {@link Calibration#DELTA}
 * over the number of cuts, where that is higher; each row of evidence is divided by its mean under the raised null, which
 * makes it a likelihood ratio of mean at most 1 again.
 */
public final class RaisedNull {
    private RaisedNull() {}

    /**
     * What each row of a calibration's evidence is to be divided by.
     *
     * @param calibration of the attack model
     * @param observed queries in each bin, at most {@link Calibration#bins()} of them; the others are 0
     * @return ln of the mean of L under the raised null, one a row, each at least 0
     * @throws IllegalArgumentException naming the number of bins, if there are more than the calibration has
     */
    public static double[] logMeans(Calibration calibration, long[] observed) {
        if (observed.length > calibration.bins()) {
            throw new IllegalArgumentException(
                    "observed bins are " + observed.length + "; at most " + calibration.bins() + " possible");
        }
        double[] bounds = calibration.evidenceBounds();
        long total = 0;
        for (long count : observed) {
            total += count;
        }
        long above = 0;
        for (int bin = bounds.length; bin >= 1; bin--) {
            above += bin < observed.length ? observed[bin] : 0;
            double raised = upperBound(above, total, Calibration.DELTA / bounds.length);
            bounds[bin - 1] = Math.max(bounds[bin - 1], raised);
            if (bin < bounds.length) {
                bounds[bin - 1] = Math.max(bounds[bin - 1], bounds[bin]);
            }
        }
        EvidenceTable evidence = calibration.evidence();
        double[] logMeans = new double[evidence.rows()];
        for (int row = 0; row < logMeans.length; row++) {
            double[] likelihoods = new double[evidence.bins()];
            for (int bin = 0; bin < likelihoods.length; bin++) {
                likelihoods[bin] = Math.exp(evidence.logEvidence(row, bin));
            }
            logMeans[row] = Math.max(0, Math.log(EvidenceTable.mean(likelihoods, bounds)));
        }
        return logMeans;
    }

    /**
     * The upper Clopper-Pearson bound of a rate.
     *
     * @param k successes of n trials; with n = 0 the bound is 1
     * @param alpha chance that the true rate is above it, in (0, 1)
     */
    public static double upperBound(long k, long n, double alpha) {
        return n == 0 ? 1 : ClopperPearson.upperBound(k, n, alpha);
    }
}
