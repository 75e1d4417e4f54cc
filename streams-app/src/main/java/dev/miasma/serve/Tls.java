// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.serve;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import dev.miasma.config.ConfigException;
import dev.miasma.config.ConfigKey;
import dev.miasma.config.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** Makes of a keystore what HTTPS is served, and other instances are asked, with. */
final class Tls {
    private Tls() {}

    /**
     * The context of a keystore: its key to show, its certificates to trust.
     *
     * @throws ConfigException if it cannot be used
     */
    static SSLContext context(TlsSettings settings) {
        char[] password = settings.password().toCharArray();
        try {
            KeyStore store = KeyStore.getInstance(settings.keystore().toFile(), password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new ConfigException(ConfigKey.HTTP_TLS_KEYSTORE + " is '" + settings.keystore()
                    + "', which cannot be used (" + e.getMessage() + "): a PKCS #12 or JKS file with a key, and its"
                    + " password in " + ConfigKey.HTTP_TLS_PASSWORD_FILE + ", wanted");
        }
    }

    /** Serves with TLS 1.2 and 1.3 alone. */
    static HttpsConfigurator configurator(SSLContext context) {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                connection.setSSLParameters(parameters);
            }
        };
    }
}
