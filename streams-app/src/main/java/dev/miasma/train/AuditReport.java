// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

/**
 * An audit in every form there is.
 *
 * @param html a page that stands alone
 * @param json one object
 * @param text for a terminal
 * @param records CSV with the risk of every record
 */
public record AuditReport(String html, String json, String text, String records) {}
