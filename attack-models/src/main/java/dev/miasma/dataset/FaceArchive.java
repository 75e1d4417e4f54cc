// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Makes the idx files of the "Face" data set from an archive of Labeled Faces in the Wild: colour pictures of 250 x 250,
 * PERSON/PERSON_0001.jpg and on. Takes the people with at least {@value #FEWEST} pictures and, as scikit-learn's
 * fetch_lfw_people, rows 70 to 194 and columns 78 to 171 at half the size in grey; a pixel is the mean of four.
 */
final class FaceArchive {

    private static final int FEWEST = 40;
    private static final int SIDE = 250;
    private static final int TOP = 70;
    private static final int LEFT = 78;
    private static final Pattern NAME = Pattern.compile("(?:.*/)?([^/]+)/([^/]+_[0-9]{4}\\.jpg)");
    private static final String EXPECTED = "a tar.gz of PERSON/PERSON_0001.jpg and on, 250 x 250";

    private FaceArchive() {}

    /**
     * Writes lfw-images-idx3-ubyte and lfw-labels-idx1-ubyte, sorted by person and picture.
     *
     * @throws IOException if the archive is broken, naming it, what was found and what was expected
     */
    static void unpack(Path archive, Path folder) throws IOException {
        Map<String, Integer> pictures = new TreeMap<>();
        Map<String, byte[]> faces = new TreeMap<>();
        try {
            TarFiles.visit(archive, (name, content) -> {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches()) {
                    pictures.merge(matcher.group(1), 1, Integer::sum);
                }
            });
            pictures.values().removeIf(count -> count < FEWEST);
            TarFiles.visit(archive, (name, content) -> {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches() && pictures.containsKey(matcher.group(1))) {
                    faces.put(matcher.group(1) + "/" + matcher.group(2), face(archive, name, ImageIO.read(content)));
                }
            });
        } catch (IOException e) {
            throw DataFiles.broken(archive, EXPECTED, DataFiles.reason(e));
        }
        if (pictures.size() != FaceDataset.CLASSES) {
            throw DataFiles.broken(
                    archive, FaceDataset.CLASSES + " people with 40 pictures or more", pictures.size() + " of them");
        }
        write(folder, List.copyOf(pictures.keySet()), faces);
    }

    private static byte[] face(Path archive, String name, @Nullable BufferedImage image) throws IOException {
        if (image == null || image.getWidth() != SIDE || image.getHeight() != SIDE) {
            throw DataFiles.broken(archive, EXPECTED, "another " + name);
        }
        byte[] face = new byte[FaceDataset.HEIGHT * FaceDataset.WIDTH];
        for (int i = 0; i < face.length; i++) {
            int y = TOP + 2 * (i / FaceDataset.WIDTH);
            int x = LEFT + 2 * (i % FaceDataset.WIDTH);
            int sum = grey(image.getRGB(x, y))
                    + grey(image.getRGB(x + 1, y))
                    + grey(image.getRGB(x, y + 1))
                    + grey(image.getRGB(x + 1, y + 1));
            face[i] = (byte) Math.round(sum / 12.0);
        }
        return face;
    }

    /** Red, green and blue together, 0 to 765. */
    private static int grey(int rgb) {
        return ((rgb >> 16) & 0xff) + ((rgb >> 8) & 0xff) + (rgb & 0xff);
    }

    private static void write(Path folder, List<String> people, Map<String, byte[]> faces) throws IOException {
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        try (DataOutputStream imageData = new DataOutputStream(images);
                DataOutputStream labelData = new DataOutputStream(labels)) {
            imageData.writeInt(0x803);
            imageData.writeInt(faces.size());
            imageData.writeInt(FaceDataset.HEIGHT);
            imageData.writeInt(FaceDataset.WIDTH);
            labelData.writeInt(0x801);
            labelData.writeInt(faces.size());
            for (Map.Entry<String, byte[]> face : faces.entrySet()) {
                imageData.write(face.getValue());
                labelData.writeByte(
                        people.indexOf(face.getKey().substring(0, face.getKey().indexOf('/'))));
            }
        }
        Files.write(folder.resolve("lfw-images-idx3-ubyte"), images.toByteArray());
        Files.write(folder.resolve("lfw-labels-idx1-ubyte"), labels.toByteArray());
    }
}
