// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.config;

import java.nio.file.Path;

/**
 * What HTTPS is served with.
 *
 * @param keystore file with the key and its certificate, PKCS #12 or JKS; the certificates of other instances are checked
 *     against those in it
 * @param password of the file and the key
 */
public record TlsSettings(Path keystore, String password) {
    /** Leaves the password out. */
    @Override
    public String toString() {
        return "TlsSettings[keystore=" + keystore + "]";
    }
}
