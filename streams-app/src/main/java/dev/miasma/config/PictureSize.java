// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of pictures that are sent as features, row by row, the channels of a pixel together.
 *
 * @param height rows
 * @param width columns
 * @param channels numbers a pixel
 */
public record PictureSize(int height, int width, int channels) {
    static final int MAX_SIDE = 4096;
    static final int MAX_CHANNELS = 16;

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})x(\\d{1,4})(?:x(\\d{1,2}))?");

    /**
     * Reads {@code HEIGHTxWIDTH} or {@code HEIGHTxWIDTHxCHANNELS}.
     *
     * @throws ConfigException if it is neither
     */
    public static PictureSize of(String text) {
        return parse(text)
                .orElseThrow(() -> new ConfigException(
                        ConfigKey.FEATURES_IMAGE + " is '" + text + "': must be " + new Bounds.Picture()));
    }

    static Optional<PictureSize> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int height = Integer.parseInt(matcher.group(1));
        int width = Integer.parseInt(matcher.group(2));
        int channels = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        boolean allowed = Math.min(height, width) >= 2
                && Math.max(height, width) <= MAX_SIDE
                && channels >= 1
                && channels <= MAX_CHANNELS;
        return allowed ? Optional.of(new PictureSize(height, width, channels)) : Optional.empty();
    }

    /** Numbers a picture. */
    public int length() {
        return height * width * channels;
    }
}
