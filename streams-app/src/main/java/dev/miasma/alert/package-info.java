// SPDX-License-Identifier: GPL-3.0-or-later
/** Fourth stage: detections to the alert and client-risk events that leave the monitor. */
@NullMarked
package dev.miasma.alert;

import org.jspecify.annotations.NullMarked;
