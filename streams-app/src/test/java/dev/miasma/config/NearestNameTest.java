// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "threads, threads",
        "thread, threads",
        "htreads, threads",
        "htp.port, http.port",
        "x, threads",
        "THREADS, threads",
        "http, http.port",
        "z, zhreads"
    })
    void finds_the_smallest_edit_distance_and_the_first_of_equals(String mistyped, String nearest) {
        assertThat(NearestName.of(mistyped, List.of("http.port", "threads", "zhreads")))
                .isEqualTo(nearest);
    }
}
