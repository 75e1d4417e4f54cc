// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the archive of 20 Newsgroups: files 20news-bydate-train/GROUP/NUMBER and 20news-bydate-test/GROUP/NUMBER. */
final class NewsArchive {

    /** The groups in the order of their classes, which is the alphabet's. */
    static final List<String> GROUPS = List.of(
            "alt.atheism",
            "comp.graphics",
            "comp.os.ms-windows.misc",
            "comp.sys.ibm.pc.hardware",
            "comp.sys.mac.hardware",
            "comp.windows.x",
            "misc.forsale",
            "rec.autos",
            "rec.motorcycles",
            "rec.sport.baseball",
            "rec.sport.hockey",
            "sci.crypt",
            "sci.electronics",
            "sci.med",
            "sci.space",
            "soc.religion.christian",
            "talk.politics.guns",
            "talk.politics.mideast",
            "talk.politics.misc",
            "talk.religion.misc");

    private static final Pattern NAME = Pattern.compile("(?:\\./)?20news-bydate-(train|test)/([^/]+)/([0-9]{1,9})");
    private static final int LARGEST_POST = 16 << 20;
    private static final String EXPECTED = "a tar.gz of 20news-bydate-train and -test with posts of 20 groups";

    /**
     * One post.
     *
     * @param training whether of the training part
     * @param label index of its group
     * @param number its file's name
     * @param text headers included
     */
    record Post(boolean training, int label, int number, String text) {}

    private NewsArchive() {}

    /**
     * All posts, those for training first, then by group and number.
     *
     * @throws IOException if the file is missing or broken, naming it, what was found and what was expected
     */
    static List<Post> read(Path dataDir) throws IOException {
        Path path = DataFiles.require(dataDir.resolve("news"), "20news-bydate.tar");
        List<Post> posts = new ArrayList<>();
        try {
            TarFiles.visit(path, (name, content) -> {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches()) {
                    posts.add(post(matcher, content.readNBytes(LARGEST_POST)));
                }
            });
        } catch (IOException e) {
            throw DataFiles.broken(path, EXPECTED, "after " + posts.size() + " posts: " + DataFiles.reason(e));
        }
        if (posts.isEmpty()) {
            throw DataFiles.broken(path, EXPECTED, "no post");
        }
        posts.sort(Comparator.comparing(Post::training)
                .reversed()
                .thenComparingInt(Post::label)
                .thenComparingInt(Post::number));
        return posts;
    }

    private static Post post(Matcher name, byte[] bytes) throws IOException {
        int label = GROUPS.indexOf(name.group(2));
        if (label < 0) {
            throw new IOException("a group " + name.group(2));
        }
        return new Post(
                name.group(1).equals("train"),
                label,
                Integer.parseInt(name.group(3)),
                new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
