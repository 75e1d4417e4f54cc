// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/**
 * Where predictions go with a defence before their answers.
 *
 * @param topic topic of the sanitised predictions
 * @param defence name of the defence, as the key has it
 */
public record SanitisedSettings(String topic, String defence) {}
