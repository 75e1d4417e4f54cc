// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Audits and results for readers: an audit as one HTML file that fetches nothing and runs nothing; experiments as pages
 * with plots; each as one JSON object and as text for a terminal.
 */
@NullMarked
package dev.miasma.report;

import org.jspecify.annotations.NullMarked;
