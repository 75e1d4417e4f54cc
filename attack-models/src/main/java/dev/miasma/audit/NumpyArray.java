// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NumPy array of numbers, format versions 1 to 3 (NumPy Enhancement Proposal 1): magic, version, length of the header,
 * the header as a Python dictionary, the values.
 *
 * <p>Strict: booleans, integers, and floats of 32 and 64 bits only. Arrays of objects are Python's own serialization and
 * are refused unread.
 *
 * @param shape of one or two axes
 * @param values in rows
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record NumpyArray(int[] shape, double[] values) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

    /**
     * Reads an array.
     *
     * @param name leads every message
     */
    static NumpyArray read(String name, byte[] bytes) throws IOException {
        try {
            return read(name, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException e) {
            throw new IOException(name + " ends within its header", e);
        }
    }

    private static NumpyArray read(String name, ByteBuffer in) throws IOException {
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new IOException(name + " does not begin as a NumPy array does");
        }
        int version = in.get();
        in.get();
        if (version < 1 || version > 3) {
            throw new IOException(name + " is of format version " + version + "; 1 to 3 needed");
        }
        int length = version == 1 ? Short.toUnsignedInt(in.getShort()) : in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] header = new byte[length];
        in.get(header);
        String text = new String(header, StandardCharsets.UTF_8);
        Matcher fields = HEADER.matcher(text);
        if (!fields.matches()) {
            throw new IOException(name + " has the header " + shortened(text)
                    + "; 'descr', 'fortran_order' and 'shape' of plain numbers needed");
        }
        int[] shape = shape(name, fields.group(3));
        return new NumpyArray(
                shape, values(name, in, fields.group(1), shape, fields.group(2).equals("True")));
    }

    private static int[] shape(String name, String text) throws IOException {
        List<Integer> axes = new ArrayList<>();
        for (String axis : text.split(",", -1)) {
            if (!axis.isBlank()) {
                if (axis.strip().length() > 9 || axis.strip().contains(" ")) {
                    throw new IOException(name + " has the shape (" + text + "); axes of less than 1e9 needed");
                }
                axes.add(Integer.parseInt(axis.strip()));
            }
        }
        if (axes.isEmpty() || axes.size() > 2) {
            throw new IOException(name + " has the shape (" + text + "); one or two axes needed");
        }
        return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] values(String name, ByteBuffer in, String type, int[] shape, boolean fortran)
            throws IOException {
        int rows = shape[0];
        int columns = shape.length == 2 ? shape[1] : 1;
        int width = width(name, type);
        long needed = (long) rows * columns * width;
        if (in.remaining() != needed) {
            throw new IOException(name + " has " + in.remaining() + " bytes of values; " + needed + " needed for "
                    + rows + " x " + columns + " of type " + type);
        }
        in.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            int place = fortran ? i % rows * columns + i / rows : i;
            values[place] = value(in, type.substring(1));
        }
        return values;
    }

    private static int width(String name, String type) throws IOException {
        return switch (type) {
            case "|b1", "|i1", "|u1" -> 1;
            case "<i2", ">i2" -> 2;
            case "<i4", ">i4", "<f4", ">f4" -> 4;
            case "<i8", ">i8", "<f8", ">f8" -> 8;
            default ->
                throw new IOException(name + " is of type '" + shortened(type)
                        + "'; booleans, integers or floats of 32 or 64 bits needed");
        };
    }

    private static double value(ByteBuffer in, String type) {
        return switch (type) {
            case "u1" -> Byte.toUnsignedInt(in.get());
            case "b1", "i1" -> in.get();
            case "i2" -> in.getShort();
            case "i4" -> in.getInt();
            case "i8" -> in.getLong();
            case "f4" -> in.getFloat();
            default -> in.getDouble();
        };
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text.strip() : text.substring(0, 80) + "...";
    }
}
