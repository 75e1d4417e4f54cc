// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demo run does.
 *
 * @param locationDir folder with the Location data set; null for made-up data
 * @param seconds how long clients ask; 0 for no limit
 * @param queries how many queries at most; 0 for no limit
 * @param rate queries a second at most; 0 for no limit
 * @param seed of every random choice
 * @param budget expected false alerts per million benign queries, at most
 * @param clients benign clients
 * @param probers probing clients
 * @param memberShare share of a prober's queries that are about members
 * @param httpPort port of the metrics; 0 for any free one
 * @param defences names of the defences to try on the answers
 */
record DemoSettings(
        @Nullable Path locationDir,
        int seconds,
        long queries,
        int rate,
        long seed,
        double budget,
        int clients,
        int probers,
        double memberShare,
        int httpPort,
        List<String> defences) {}
