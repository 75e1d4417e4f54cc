// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request that cannot be answered gets a problem of RFC 9457. */
class ApiErrorsTest {
    private final ServedApi api = new ServedApi();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /api/v1/clients?limit=0              | limit is '0'; 1 to 500 wanted
            /api/v1/clients?limit=501            | limit is '501'; 1 to 500 wanted
            /api/v1/clients?limit=ten            | limit is 'ten'; 1 to 500 wanted
            /api/v1/clients?limit=               | limit is ''; 1 to 500 wanted
            /api/v1/clients?limit=99999999999    | limit is '99999999999'; 1 to 500 wanted
            /api/v1/clients?limit=1&limit=2      | limit is given twice; once at most is wanted
            /api/v1/clients?cursor=abc           | cursor is 'abc'; the 'next' of a page of this list wanted
            /api/v1/clients?cursor=W10           | cursor is 'W10'; the 'next' of a page of this list wanted
            /api/v1/clients?cursor=bnVsbA        | cursor is 'bnVsbA'; the 'next' of a page of this list wanted
            /api/v1/clients?cursor=W251bGxd      | cursor is 'W251bGxd'; the 'next' of a page of this list wanted
            /api/v1/clients?cursor=              | cursor is ''; 1 to 2048 characters wanted
            /api/v1/clients?band=worst           | band is 'worst'; one of low, elevated, high, alarmed wanted
            /api/v1/clients?q=                   | q is ''; 1 to 256 characters wanted
            /api/v1/clients?scope=mine           | scope is 'mine'; one of all, local wanted
            /api/v1/clients?colour=red           | unknown parameter 'colour'; known are limit, cursor, band, endpoint, q, scope
            /api/v1/clients/a?level=endpoint     | level is 'endpoint'; one of client, cohort wanted
            /api/v1/clients/a%00b                | id is 'a?b'; 1 to 256 characters and no control character wanted
            /api/v1/alerts?severity=low          | severity is 'low'; one of critical, high, medium wanted
            /api/v1/alerts?level=user            | level is 'user'; one of client, cohort, endpoint wanted
            /api/v1/alerts?cursor=WyJhIl0        | cursor is 'WyJhIl0'; the 'next' of a page of this list wanted
            /api/v1/status?verbose=1             | unknown parameter 'verbose'; there are none here
            /api/v1/endpoints?scope=             | scope is ''; one of all, local wanted
            """)
    void a_wrong_parameter_is_named_with_its_value_and_its_bound(String path, String detail) throws Exception {
        ServedApi.Answer answer = api.get(path);

        assertProblem(answer, 400, "Bad Request", detail, path.replaceFirst("\\?.*", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/v1/clients/nobody  | no client or cohort 'nobody' is watched
            /api/v1/clients/x%2F..  | no client or cohort 'x/..' is watched
            /api/v1/alerts/none     | no alert 'none' among the 10000 newest
            /api/v1/nothing         | there is no such page; /openapi.yaml lists them
            /api/v2/status          | there is no such page; /openapi.yaml lists them
            /api/v1/clients/        | there is no such page; /openapi.yaml lists them
            /api/v1/clients/a/b     | there is no such page; /openapi.yaml lists them
            """)
    void what_is_not_there_is_not_found(String path, String detail) throws Exception {
        assertProblem(api.get(path), 404, "Not Found", detail, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void everything_is_read_only(String method) throws Exception {
        ServedApi.Answer answer = api.send(method, "/api/v1/clients");

        assertProblem(answer, 405, "Method Not Allowed", "everything here is read-only: GET, HEAD", "/api/v1/clients");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void a_rebalance_is_told_with_a_time_to_try_again() throws Exception {
        api.rebalancing = true;

        ServedApi.Answer answer = api.get("/api/v1/clients");

        assertProblem(answer, 503, "Service Unavailable", "the stream is REBALANCING", "/api/v1/clients");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void a_failure_is_told_without_what_failed() throws Exception {
        api.endpoints.add(null);

        ServedApi.Answer answer = api.get("/api/v1/endpoints");

        assertProblem(
                answer,
                500,
                "Internal Server Error",
                "the monitor failed on this; its log says why",
                "/api/v1/endpoints");
    }

    @Test
    void a_head_request_gets_the_status_and_no_body() throws Exception {
        assertThat(api.send("HEAD", "/api/v1/status").status()).isEqualTo(200);
        assertThat(api.send("HEAD", "/api/v1/live").status()).isEqualTo(200);
        assertThat(api.send("HEAD", "/api/v1/alerts/none").status()).isEqualTo(404);
    }

    private static void assertProblem(ServedApi.Answer answer, int status, String title, String detail, String instance)
            throws Exception {
        JsonNode problem = answer.json();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isEqualTo(title);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isEqualTo(detail);
        assertThat(problem.path("instance").asText()).isEqualTo(instance);
    }
}
