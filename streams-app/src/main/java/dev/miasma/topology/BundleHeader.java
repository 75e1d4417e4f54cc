// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Several records in the only header of one that has no key and no value. Kafka Streams hands headers on as they are, and no
 * record can bring one of this class along.
 */
abstract class BundleHeader implements Header {
    private static final String KEY = "";

    /** The bundle of a record, null where it is one by itself. */
    static <B extends BundleHeader> @Nullable B of(Headers headers, Class<B> kind) {
        Header last = headers.lastHeader(KEY);
        return kind.isInstance(last) ? kind.cast(last) : null;
    }

    @Override
    public final String key() {
        return KEY;
    }

    @Override
    public final byte @Nullable [] value() {
        return null;
    }
}
