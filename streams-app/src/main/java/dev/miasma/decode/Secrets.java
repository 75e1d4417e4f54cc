// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.decode;

import dev.miasma.config.IdentitySettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What the operator's secret is used for: pseudonyms of clients and the key of the fingerprints. Not thread-safe. */
public final class Secrets {
    private static final String ALGORITHM = "HmacSHA256";

    /** 96 bits: no two of a hundred million clients share a pseudonym, but for one chance in 10^13. */
    private static final int PSEUDONYM_BYTES = 12;

    private final Mac mac;
    private final boolean pseudonyms;

    /** Clients and their names, side by side, for clients that ask again soon. */
    private final @Nullable String[] clients = new @Nullable String[Texts.SLOTS];

    private final @Nullable String[] names = new @Nullable String[Texts.SLOTS];

    /** @param settings with a key of at least one byte */
    public Secrets(IdentitySettings settings) {
        pseudonyms = settings.pseudonyms();
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(settings.key(), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }

    /** The name a client goes by from here on. */
    public String nameOf(String client) {
        if (!pseudonyms) {
            return client;
        }
        int slot = Texts.slot(client.hashCode());
        String known = names[slot];
        if (known != null && client.equals(clients[slot])) {
            return known;
        }
        String name = HexFormat.of().formatHex(hmac("client", client), 0, PSEUDONYM_BYTES);
        if (client.length() <= Texts.LONGEST) {
            clients[slot] = client;
            names[slot] = name;
        }
        return name;
    }

    /** A hash keyed by the secret. */
    KeyedHash fingerprintHash() {
        return hash("fingerprint");
    }

    /** Another one, the salt of everything that locality fingerprints choose. */
    KeyedHash localityHash() {
        return hash("locality");
    }

    /** Tells this secret from others; whoever has it but not the secret learns nothing. */
    long check() {
        return ByteBuffer.wrap(hmac("check", "")).getLong();
    }

    private KeyedHash hash(String purpose) {
        ByteBuffer key = ByteBuffer.wrap(hmac(purpose, ""));
        return new KeyedHash(key.getLong(), key.getLong());
    }

    private byte[] hmac(String purpose, String text) {
        mac.update(purpose.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
