// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

/**
 * The body of an answer that is none, RFC 9457.
 *
 * @param type of problem
 * @param title status in words
 * @param status HTTP status
 * @param detail what is wrong here
 * @param instance path asked for
 */
record Problem(String type, String title, int status, String detail, String instance) {
    static final String CONTENT_TYPE = "application/problem+json";

    static Problem of(ProblemException problem, String path) {
        return new Problem("about:blank", Status.title(problem.status()), problem.status(), problem.detail(), path);
    }
}
