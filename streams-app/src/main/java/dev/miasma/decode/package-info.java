// SPDX-License-Identifier: GPL-3.0-or-later
/** First stage: bytes of a prediction event to a validated {@link dev.miasma.decode.Prediction}, or a reason why not. */
@NullMarked
package dev.miasma.decode;

import org.jspecify.annotations.NullMarked;
