// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An alert in full.
 *
 * @param alert as in a list; its fields stand beside these
 * @param event as it went to the topic
 * @param path how the evidence went until then; null where that is not remembered
 */
record AlertDetail(
        @JsonUnwrapped AlertItem alert,
        JsonNode event,
        @Nullable Path path) {}
