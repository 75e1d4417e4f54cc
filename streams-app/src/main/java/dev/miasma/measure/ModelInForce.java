// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

/**
 * An attack model that scores now.
 *
 * @param name what it is in force for: an endpoint, an endpoint and version, or {@code default}
 * @param nonMembers non-members of its calibration
 * @param budgetGuaranteed whether its calibration bears the alert budget
 */
public record ModelInForce(String name, int nonMembers, boolean budgetGuaranteed) {}
