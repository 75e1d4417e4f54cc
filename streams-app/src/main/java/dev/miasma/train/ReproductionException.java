// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/** The experiments can't be run; the message says in one line what is missing and how to get it. */
public final class ReproductionException extends RuntimeException {
    ReproductionException(String message) {
        super(message);
    }

    ReproductionException(String message, Throwable cause) {
        super(message, cause);
    }
}
