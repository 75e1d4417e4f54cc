// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import static dev.miasma.decode.Events.arrival;
import static dev.miasma.decode.Events.decoder;
import static dev.miasma.decode.Events.event;
import static dev.miasma.decode.Events.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonToken;
import dev.miasma.fixtures.Hostile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser that is fed event after event, beside one that is made for each. */
class EventJsonTest {
    private final EventJson json = new EventJson();

    private List<String> tokens(String text) throws IOException {
        List<String> tokens = new ArrayList<>();
        boolean alone = json.read(utf8(text), parser -> {
            int depth = 0;
            do {
                JsonToken token = parser.nextToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                tokens.add(parser.getText());
            } while (depth > 0);
        });
        tokens.add(alone ? "alone" : "followed");
        return tokens;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":[1,{\"b\":\"c\"}],\"d\":null}",
                " {\"a\":[1,{\"b\":\"c\"}],\"d\":null}",
                "{} ",
                "{}\n\t\r "
            })
    void reads_one_object(String text) throws Exception {
        assertThat(tokens(text)).startsWith("{").endsWith("}", "alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}{}", "{} 1", "{}x", "{},", "{} \u0000"})
    void sees_what_follows_an_object(String text) throws Exception {
        assertThat(tokens(text)).containsExactly("{", "}", "followed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a", "{\"a\":", "{\"a\":1", "{\"a\":tru", "{\"a\":[1,", "{\"a\":{}", "{\"a\":\"b"})
    void takes_no_object_that_ends_too_early(String text) {
        assertThatThrownBy(() -> tokens(text)).isInstanceOf(IOException.class);
    }

    static Stream<String> namesTwice() {
        String many = IntStream.range(0, 100).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(","));
        return Stream.of(
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"\":1,\"\":2}",
                "{\"x\":{\"a\":1,\"b\":[{}],\"a\":2}}",
                "{\"x\":[{\"a\":1},{\"a\":1,\"a\":1}]}",
                "{\"x\":{\"x\":1},\"x\":2}",
                "{" + many + ",\"n0\":1}",
                "{" + many + ",\"n99\":1}",
                "{\"x\":{" + many + ",\"n50\":1}}");
    }

    @ParameterizedTest
    @MethodSource("namesTwice")
    void takes_no_name_twice_in_an_object(String text) {
        assertThatThrownBy(() -> tokens(text)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> json.read(utf8(text), parser -> {
                    parser.nextToken();
                    parser.skipChildren();
                }))
                .isInstanceOf(IOException.class);
    }

    @Test
    void takes_a_name_in_several_objects() throws Exception {
        String many = IntStream.range(0, 100).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(","));

        List<String> tokens = tokens("{" + many + ",\"x\":{" + many + "},\"y\":[{" + many + "},{" + many + "}]}");

        assertThat(tokens).filteredOn("n7"::equals).hasSize(4);
    }

    @Test
    void reads_the_next_event_whatever_the_one_before_was() throws Exception {
        for (String broken :
                List.of("{\"a\":[1", "{\"a\":1,\"a\":2}", "{}{", "{\"a\"", "{\"\ud800", "{\"a\":{\"b\":01}}")) {
            try {
                tokens(broken);
            } catch (IOException expected) {
                // Only the next one matters here.
            }
            assertThat(tokens("{\"a\":{\"b\":1}}")).containsExactly("{", "a", "{", "b", "1", "}", "}", "alone");
        }
    }

    @Test
    void reads_on_with_another_parser_where_names_never_end() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            String name = "name-" + "x".repeat(100) + i;

            assertThat(tokens("{\"" + name + "\":1}")).containsExactly("{", name, "1", "}", "alone");
        }
    }

    static Stream<byte[]> kept() {
        return Hostile.corpus("events").values().stream().filter(EventJsonTest::isFed);
    }

    /** White space in front has an event read by a parser of its own. */
    @ParameterizedTest
    @MethodSource("kept")
    void gives_what_a_parser_made_for_the_event_gives(byte[] event) {
        EventDecoder decoder = decoder();
        decoder.decode(utf8(event()), arrival());

        assertThat(Told.of(decoder.decode(event, arrival())))
                .isEqualTo(Told.of(decoder.decode(spaced(event), arrival())));
    }

    /** Whether a decoder takes an event for an object in UTF-8; a space in front of others would change what they are. */
    static boolean isFed(byte[] event) {
        return event.length > 1 && event[0] == '{' && event[1] != 0;
    }

    /** The same event with a space in front of it. */
    static byte[] spaced(byte[] event) {
        byte[] spaced = new byte[event.length + 1];
        spaced[0] = ' ';
        System.arraycopy(event, 0, spaced, 1, event.length);
        return spaced;
    }

    @Test
    void still_reads_what_is_not_in_utf_8() {
        Decoded decoded = decoder().decode(event().getBytes(StandardCharsets.UTF_16LE), arrival());

        assertThat(Told.of(decoded)).isEqualTo(Told.of(decoder().decode(utf8(event()), arrival())));
    }
}
