// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

/** The secret behind pseudonyms and fingerprints, and whether client ids become pseudonyms at all. */
public final class IdentitySettings {
    /** Fewest bytes of a secret. */
    public static final int MIN_KEY_BYTES = 16;

    private final byte[] key;
    private final boolean pseudonyms;

    /**
     * @param key the secret, at least {@value #MIN_KEY_BYTES} bytes
     * @param pseudonyms whether client ids are replaced
     * @throws ConfigException if the secret is shorter
     */
    public IdentitySettings(byte[] key, boolean pseudonyms) {
        if (key.length < MIN_KEY_BYTES) {
            throw new ConfigException("identity key has " + key.length + " bytes: at least " + MIN_KEY_BYTES
                    + " are needed (for example: openssl rand -hex 32 > miasma.key)");
        }
        this.key = key.clone();
        this.pseudonyms = pseudonyms;
    }

    /** A copy of the secret. */
    public byte[] key() {
        return key.clone();
    }

    /** Whether client ids are replaced by pseudonyms. */
    public boolean pseudonyms() {
        return pseudonyms;
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "IdentitySettings[key=hidden, pseudonyms=" + pseudonyms + "]";
    }
}
