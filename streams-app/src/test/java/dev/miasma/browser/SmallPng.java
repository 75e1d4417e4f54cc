// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * Makes a picture of a page small: of its colours 256 stay, the most frequent of those that are not all but alike, and the
 * others become the nearest of them.
 */
public final class SmallPng {
    private static final int COLOURS = 256;

    /** Squared distance of two colours that one of them can stand for. */
    private static final int ALIKE = 40;

    private SmallPng() {}

    /** Writes a PNG anew with a palette. */
    public static void shrink(Path file) throws IOException {
        BufferedImage image = Objects.requireNonNull(ImageIO.read(file.toFile()), () -> file + " is no picture");
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel & 0xFFFFFF, 1, Integer::sum);
        }
        List<Integer> palette = palette(counts);
        Map<Integer, Integer> places = new HashMap<>();
        counts.keySet().forEach(colour -> places.put(colour, nearest(palette, colour)));
        BufferedImage small =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model(palette));
        WritableRaster raster = small.getRaster();
        for (int at = 0; at < pixels.length; at++) {
            int place = Objects.requireNonNull(places.get(pixels[at] & 0xFFFFFF));
            raster.setSample(at % image.getWidth(), at / image.getWidth(), 0, place);
        }
        ImageIO.write(small, "png", file.toFile());
    }

    private static List<Integer> palette(Map<Integer, Integer> counts) {
        List<Integer> byCount = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        List<Integer> palette = new ArrayList<>();
        for (int colour : byCount) {
            if (palette.size() < COLOURS
                    && (palette.isEmpty() || distance(palette.get(nearest(palette, colour)), colour) > ALIKE)) {
                palette.add(colour);
            }
        }
        return palette;
    }

    private static IndexColorModel model(List<Integer> palette) {
        byte[][] parts = new byte[3][COLOURS];
        for (int place = 0; place < palette.size(); place++) {
            for (int part = 0; part < 3; part++) {
                parts[part][place] = (byte) (palette.get(place) >> (16 - 8 * part));
            }
        }
        return new IndexColorModel(8, COLOURS, parts[0], parts[1], parts[2]);
    }

    private static int nearest(List<Integer> palette, int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int place = 0; place < palette.size() && least > 0; place++) {
            int distance = distance(palette.get(place), colour);
            if (distance < least) {
                least = distance;
                best = place;
            }
        }
        return best;
    }

    /** Squared, over red, green and blue. */
    private static int distance(int one, int other) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = (one >> shift & 0xFF) - (other >> shift & 0xFF);
            distance += difference * difference;
        }
        return distance;
    }
}
