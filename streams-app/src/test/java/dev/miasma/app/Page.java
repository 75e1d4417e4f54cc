// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A page that a monitor serves. */
record Page(int status, String contentType, String body) {
    static final String OPEN_METRICS = "application/openmetrics-text";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Asks for a page by its path. */
    static Page of(Monitor monitor, String path, String accept) throws IOException, InterruptedException {
        URI address = URI.create(monitor.metricsUrl()).resolve(path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", accept)
                .timeout(PATIENCE)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Page(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        }
    }

    static Page metrics(Monitor monitor) throws IOException, InterruptedException {
        return of(monitor, "/metrics", "text/plain");
    }

    /** The value of a series, named as in the exposition; NaN if it is not there. */
    double value(String series) {
        return body.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The sum over the series that begin so; 0 if there is none. */
    double sum(String beginning) {
        return body.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
