// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files of the class path: the console page and its parts, and the description of the API. */
final class StaticFiles {
    /** No other name is ever looked up, so no path can lead anywhere else. */
    private static final Pattern ASSET = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}\\.(css|js|svg)");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final String folder;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /** A file and the tag that changes with it. */
    @SuppressWarnings("ArrayRecordComponent") // A record for its accessors; it is never compared.
    private record File(byte[] bytes, String tag) {}

    /** @param folder of the class path that the console's files are in, with slashes around it */
    StaticFiles(String folder) {
        this.folder = folder;
    }

    /** Whether the console is there. */
    boolean hasIndex() {
        return StaticFiles.class.getResource(folder + "index.html") != null;
    }

    Reply index(Request request) {
        return of(folder + "index.html", "text/html; charset=utf-8", request);
    }

    Reply asset(Request request) {
        Matcher name = ASSET.matcher(request.segment());
        if (!name.matches()) {
            throw noSuch();
        }
        return of(folder + request.segment(), TYPES.getOrDefault(name.group(1), ""), request);
    }

    Reply openApi(Request request) {
        return of("/api/openapi.yaml", "application/yaml", request);
    }

    private Reply of(String path, String contentType, Request request) {
        File file = files.get(path);
        if (file == null) {
            file = read(path);
            if (file == null) {
                throw noSuch();
            }
            files.put(path, file);
        }
        // Asked for anew each time, and sent only when changed: a page and its script are then of the same release.
        Map<String, String> headers = Map.of("ETag", file.tag(), "Cache-Control", "no-cache");
        boolean known = request.header().apply("If-None-Match").contains(file.tag());
        return new Reply(known ? Status.NOT_MODIFIED : Status.OK, contentType, file.bytes(), null, headers);
    }

    private static @Nullable File read(String path) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new File(bytes, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ProblemException noSuch() {
        return ProblemException.notFound("there is no such file");
    }
}
