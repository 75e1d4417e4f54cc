// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Bounds of keys that Kafka has no validator for. */
final class Bounds {
    private Bounds() {}

    /** Refuses empty and blank strings. */
    static final class NonBlank implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (value == null || value.toString().isBlank()) {
                throw new ConfigException(name, value, "must not be empty");
            }
        }

        @Override
        public String toString() {
            return "not empty";
        }
    }

    /** Refuses empty lists and lists with an empty name. */
    static final class SomeNames implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            List<?> names = (List<?>) value;
            if (names.isEmpty() || names.stream().anyMatch(one -> one.toString().isBlank())) {
                throw new ConfigException(name, value, "must name at least one and none empty");
            }
        }

        @Override
        public String toString() {
            return "at least one";
        }
    }

    /** Refuses long lists and lists with an empty name or one named twice; an empty list is fine. */
    record AtMost(int most) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            List<?> names = (List<?>) value;
            boolean blank = names.stream().anyMatch(one -> one.toString().isBlank());
            if (blank || names.size() > most || names.stream().distinct().count() < names.size()) {
                throw new ConfigException(name, value, "must name " + this + ", none empty and none twice");
            }
        }

        @Override
        public String toString() {
            return "at most " + most;
        }
    }

    /** Refuses what is no size of a picture; empty is fine. */
    static final class Picture implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (!value.toString().isEmpty()
                    && PictureSize.parse(value.toString()).isEmpty()) {
                throw new ConfigException(name, value, "must be " + this);
            }
        }

        @Override
        public String toString() {
            return "HEIGHTxWIDTH or HEIGHTxWIDTHxCHANNELS, each side 2 to " + PictureSize.MAX_SIDE + ", channels 1 to "
                    + PictureSize.MAX_CHANNELS;
        }
    }

    /** Refuses what is no host and port; empty is fine. */
    static final class HostAndPort implements ConfigDef.Validator {
        private static final Pattern FORM = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");

        @Override
        public void ensureValid(String name, Object value) {
            String text = value.toString();
            Matcher matcher = FORM.matcher(text);
            if (text.isEmpty()) {
                return;
            }
            int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            if (port < 1 || port > 65535) {
                throw new ConfigException(name, value, "must be " + this);
            }
        }

        @Override
        public String toString() {
            return "host:port, port 1 to 65535";
        }
    }

    /** What a topic may be created with. */
    static final class ReplicationFactor implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            int factor = (Integer) value;
            if (factor != -1 && (factor < 1 || factor > 10)) {
                throw new ConfigException(name, value, "must be " + this);
            }
        }

        @Override
        public String toString() {
            return "-1 or 1 to 10";
        }
    }

    /** A closed interval of doubles that refuses NaN. */
    record DoubleRange(double min, double max) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            double number = ((Number) value).doubleValue();
            if (!(number >= min && number <= max)) {
                throw new ConfigException(name, value, "must be in " + this);
            }
        }

        @Override
        public String toString() {
            return "[" + number(min) + ",...," + number(max) + "]";
        }

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }
}
