// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

/** Is told how long work goes on; may be called from several threads. */
public interface Progress {

    /** Nobody listens. */
    Progress NONE = (done, of, what) -> {};

    /**
     * A piece of work is finished.
     *
     * @param done finished so far, those kept from earlier runs among them
     * @param of pieces in all
     * @param what was finished last, for people
     */
    void finished(int done, int of, String what);
}
