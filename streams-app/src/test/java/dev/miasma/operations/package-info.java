// SPDX-License-Identifier: GPL-3.0-or-later
/** Whether what operators get (rules, dashboards, runbooks) fits what the code exports. */
@NullMarked
package dev.miasma.operations;

import org.jspecify.annotations.NullMarked;
