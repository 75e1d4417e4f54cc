// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.target.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A network in a file: numbers only, big-endian, so that reading it runs nothing.
 *
 * <table>
 * <caption>The format</caption>
 * <tr><th>bytes</th><th>meaning</th></tr>
 * <tr><td>4</td><td>"MNET"</td></tr>
 * <tr><td>4</td><td>version, {@value #VERSION}</td></tr>
 * <tr><td>4</td><td>number of layers, 1 to {@value #MOST_LAYERS}</td></tr>
 * <tr><td>each: 4</td><td>0 for dense, 1 for convolution</td></tr>
 * <tr><td>12 or 24</td><td>dense: inputs, outputs, activation (0 none, 1 tanh, 2 ReLU). Convolution: channels, height,
 * width, kernel, padding, filters</td></tr>
 * <tr><td>4 a number</td><td>weights, row by row, one row an input; biases; IEEE 754 single precision</td></tr>
 * </table>
 */
public final class NetworkFile {

    private static final int MAGIC = 0x4D4E4554;
    private static final int VERSION = 1;
    private static final int MOST_LAYERS = 16;
    private static final int MOST_WEIGHTS = 1 << 26;

    private NetworkFile() {}

    /**
     * Writes a network, over a file that is there.
     *
     * @throws IOException if it can't be written
     */
    public static void write(Network network, Path path) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)))) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(network.layers().size());
            for (Layer layer : network.layers()) {
                writeShape(layer, out);
                for (float[] row : layer.weights()) {
                    writeAll(row, out);
                }
                writeAll(layer.biases(), out);
            }
        }
    }

    /**
     * Reads a network.
     *
     * @throws IOException if the file can't be read or holds no network of this version, naming it and what is wrong
     */
    public static Network read(Path path) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            require("first number", in.readInt(), MAGIC, MAGIC);
            require("version", in.readInt(), VERSION, VERSION);
            int count = require("number of layers", in.readInt(), 1, MOST_LAYERS);
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                layers.add(require("kind of layer", in.readInt(), 0, 1) == 0 ? dense(in) : convolution(in));
            }
            if (in.read() >= 0) {
                throw new IllegalArgumentException("more bytes follow the last layer");
            }
            return new Network(layers);
        } catch (EOFException e) {
            throw new IOException(path + " is no network: it ends too early", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException(path + " is no network: " + e.getMessage(), e);
        }
    }

    private static void writeShape(Layer layer, DataOutputStream out) throws IOException {
        int[] numbers = switch (layer) {
            case DenseLayer dense ->
                new int[] {
                    0, dense.inputs(), dense.outputs(), dense.activation().code()
                };
            case ConvolutionLayer convolution ->
                new int[] {
                    1,
                    convolution.channels(),
                    convolution.height(),
                    convolution.width(),
                    convolution.kernel(),
                    convolution.padding(),
                    convolution.filters()
                };
        };
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static DenseLayer dense(DataInputStream in) throws IOException {
        int inputs = require("inputs", in.readInt(), 1, MOST_WEIGHTS);
        int outputs = require("outputs", in.readInt(), 1, MOST_WEIGHTS);
        Activation activation = Activation.ofCode(in.readInt());
        return new DenseLayer(rows(in, inputs, outputs), row(in, outputs), activation);
    }

    private static ConvolutionLayer convolution(DataInputStream in) throws IOException {
        int channels = require("channels", in.readInt(), 1, ConvolutionLayer.LARGEST);
        int height = in.readInt();
        int width = in.readInt();
        int kernel = require("kernel", in.readInt(), 1, ConvolutionLayer.LARGEST);
        int padding = in.readInt();
        int filters = require("filters", in.readInt(), 1, MOST_WEIGHTS);
        int taps = Math.multiplyExact(channels, kernel * kernel);
        return new ConvolutionLayer(
                channels, height, width, kernel, padding, rows(in, taps, filters), row(in, filters));
    }

    private static float[][] rows(DataInputStream in, int rows, int columns) throws IOException {
        if ((long) rows * columns > MOST_WEIGHTS) {
            throw new IllegalArgumentException(
                    "weights are " + rows + " x " + columns + "; at most " + MOST_WEIGHTS + " allowed");
        }
        float[][] weights = new float[rows][];
        for (int r = 0; r < rows; r++) {
            weights[r] = row(in, columns);
        }
        return weights;
    }

    private static float[] row(DataInputStream in, int length) throws IOException {
        float[] row = new float[length];
        for (int i = 0; i < length; i++) {
            row[i] = in.readFloat();
        }
        return row;
    }

    private static void writeAll(float[] values, DataOutputStream out) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static int require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; " + least + " to " + most + " needed");
        }
        return value;
    }
}
