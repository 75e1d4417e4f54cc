// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miasma.dataset.PosteriorTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFilesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void reads_json_lines_plain_and_compressed() throws IOException {
        String lines = """
                {"posterior": [0.25, 0.75], "label": 1, "member": true}

                {"member": 0, "posterior": [1, 0], "label": null}
                """;
        Path plain = Files.writeString(folder.resolve("a.jsonl"), lines);
        Path zipped = folder.resolve("a.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }

        for (Path file : new Path[] {plain, zipped}) {
            PosteriorTable table = AnswerFiles.read(file);

            assertThat(table.all().posteriors()).isDeepEqualTo(new double[][] {{0.25, 0.75}, {1, 0}});
            assertThat(table.all().labels()).containsExactly(1, -1);
            assertThat(table.membership().orElseThrow()).containsExactly(true, false);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"posterior\": [0.5, 0.5], \"lable\": 1}|line 2 has a field 'lable'; posterior, label and member are"
                        + " known",
                "{\"posterior\": [0.5, \"x\"]}|line 2, posterior[1] is \"x\"; a number needed",
                "{\"posterior\": [0.5, 0.9]}|line 2: posterior sums to 1.4; 1 within 0.02 needed",
                "{\"posterior\": [1]}|line 2 has 1 classes; 2 needed, as the first row",
                "{\"posterior\": [0.5, 0.5], \"label\": 2}|line 2, label is 2.0; an integer from 0 to 1 needed",
                "{\"posterior\": [0.5, 0.5], \"member\": 2}|line 2, member is 2; true, false, 1 or 0 needed",
                "{\"label\": 1}|line 2, posterior is MISSING; an array of probabilities needed",
                "[1]|line 2 is ARRAY; an object needed",
            })
    void names_file_line_and_field(String line, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"posterior\": [0.5, 0.5]}\n" + line + "\n");

        assertThatThrownBy(() -> AnswerFiles.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ", " + message);
    }

    @Test
    void reads_numpy_arrays_of_any_order_and_type() throws IOException {
        byte[] rows = array("<f8", false, "2, 2", doubles(ByteOrder.LITTLE_ENDIAN, 0.25, 0.75, 1, 0));
        byte[] columns = array(">f8", true, "2, 2", doubles(ByteOrder.BIG_ENDIAN, 0.25, 1, 0.75, 0));

        for (byte[] posteriors : new byte[][] {rows, columns}) {
            Path file = npz(
                    "posteriors",
                    posteriors,
                    "labels",
                    array("|u1", false, "2,", new byte[] {1, 0}),
                    "members",
                    array("|b1", false, "2,", new byte[] {0, 1}));

            PosteriorTable table = AnswerFiles.read(file);

            assertThat(table.all().posteriors()).isDeepEqualTo(new double[][] {{0.25, 0.75}, {1, 0}});
            assertThat(table.all().labels()).containsExactly(1, 0);
            assertThat(table.membership().orElseThrow()).containsExactly(false, true);
        }
        Path alone = Files.write(folder.resolve("a.npy"), rows);
        assertThat(AnswerFiles.read(alone).all().size()).isEqualTo(2);
        assertThat(AnswerFiles.members(alone).size()).isEqualTo(2);
    }

    @Test
    void refuses_numpy_files_that_are_not_posteriors() throws IOException {
        byte[] good = array("<f8", false, "1, 2", doubles(ByteOrder.LITTLE_ENDIAN, 0.5, 0.5));

        assertRefused(npz("posteriors", array("|O", false, "1, 2", new byte[16])), "posteriors is of type '|O'");
        assertRefused(npz("posteriors", array("<f8", false, "2, 2", new byte[16])), "16 bytes of values; 32 needed");
        assertRefused(npz("posteriors", array("<f8", false, "2,", new byte[16])), "of shape [2]; records x classes");
        assertRefused(npz("posteriors", new byte[] {1, 2, 3}), "ends within its header");
        assertRefused(npz("posteriors", "no array here".getBytes(StandardCharsets.UTF_8)), "does not begin as");
        assertRefused(npz("probs", good), "holds 'probs.npy'; arrays named posteriors, labels and members");
        assertRefused(npz("labels", good), "holds no array 'posteriors'");
        assertRefused(
                npz("posteriors", good, "labels", array("|u1", false, "1,", new byte[] {2})),
                "row 1, label is 2.0; an integer from 0 to 1 needed");
        assertRefused(
                npz("posteriors", good, "members", array("|u1", false, "2,", new byte[] {1, 0})),
                "members are of shape [2]; (1), one a posterior, needed");
        assertRefused(Files.writeString(folder.resolve("a.csv.gz"), "p0,p1"), "damaged or not compressed");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> AnswerFiles.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private Path npz(Object... namesAndArrays) throws IOException {
        Path file = folder.resolve("a.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndArrays.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndArrays[i] + ".npy"));
                zip.write((byte[]) namesAndArrays[i + 1]);
                zip.closeEntry();
            }
        }
        return file;
    }

    /** As numpy.save writes it. */
    private static byte[] array(String type, boolean fortran, String shape, byte[] values) {
        String header = "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + shape + "), }";
        String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        out.writeBytes(ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) padded.length())
                .array());
        out.writeBytes(padded.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(values);
        return out.toByteArray();
    }

    private static byte[] doubles(ByteOrder order, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }
}
