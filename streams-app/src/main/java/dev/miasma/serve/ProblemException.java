// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

/** A request that cannot be answered, as of RFC 9457; the message is its detail. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int RETRY_SECONDS = 2;

    private final int status;

    ProblemException(int status, String detail) {
        super(detail);
        this.status = status;
    }

    /** A wrong parameter; the detail names it, its value and its bound. */
    static ProblemException badRequest(String detail) {
        return new ProblemException(Status.BAD_REQUEST, detail);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(Status.NOT_FOUND, detail);
    }

    /** Another instance does not answer. */
    public static ProblemException badGateway(String detail) {
        return new ProblemException(Status.BAD_GATEWAY, detail);
    }

    /** Not now, but soon. */
    public static ProblemException unavailable(String detail) {
        return new ProblemException(Status.UNAVAILABLE, detail);
    }

    int status() {
        return status;
    }

    /** When it is worth trying again, in seconds; 0 for never. */
    int retryAfterSeconds() {
        return status == Status.UNAVAILABLE ? RETRY_SECONDS : 0;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
