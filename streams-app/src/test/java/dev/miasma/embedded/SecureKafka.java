// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A broker whose users come over TLS with SCRAM-SHA-512 and may do nothing that no ACL allows. The test itself comes over
 * a second listener without either, as its only super user.
 */
public final class SecureKafka implements AutoCloseable {
    private static final String STORE_PASSWORD = "broker-store-password";
    private static final int SCRAM_ITERATIONS = 4096;

    private final BrokerFolder folder = BrokerFolder.temporary();
    private final Path keystore = folder.root().resolve("broker.p12");
    private final Path certificate = folder.root().resolve("broker.pem");
    private final int plainPort = Ports.anyFree();
    private final int securePort = Ports.anyFree();
    private final KafkaRaftServer server;

    private SecureKafka() throws Exception {
        makeCertificate();
        int nodeId = folder.nodeId();
        Properties properties =
                new BrokerSettings(nodeId, folder.data(), plainPort, Ports.anyFree(), Map.of()).toProperties();
        String secure = "SECURE://" + Ports.LOOPBACK + ":" + securePort;
        properties.setProperty("listeners", properties.getProperty("listeners") + "," + secure);
        properties.setProperty("advertised.listeners", properties.getProperty("advertised.listeners") + "," + secure);
        properties.setProperty(
                "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL");
        properties.setProperty("listener.name.secure.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.setProperty(
                "listener.name.secure.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.setProperty("listener.name.secure.ssl.keystore.location", keystore.toString());
        properties.setProperty("listener.name.secure.ssl.keystore.type", "PKCS12");
        properties.setProperty("listener.name.secure.ssl.keystore.password", STORE_PASSWORD);
        properties.setProperty("authorizer.class.name", StandardAuthorizer.class.getName());
        properties.setProperty("super.users", "User:ANONYMOUS");
        properties.setProperty("allow.everyone.if.no.acl.found", "false");
        folder.format(properties);
        ExitGuard.acquire();
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
    }

    /** Starts one in a temporary folder. */
    public static SecureKafka start() throws Exception {
        return new SecureKafka();
    }

    private void makeCertificate() throws IOException, InterruptedException {
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-alias", "broker", "-rfc", "-file", certificate.toString());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keystore.toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("keytool failed: " + said);
        }
    }

    /** Where the users connect. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + securePort;
    }

    /** Where the test connects. */
    public String ownBootstrapServers() {
        return Ports.LOOPBACK + ":" + plainPort;
    }

    /** Another certificate authority's certificate, that is, one that has not signed the broker's. */
    public Path otherCertificate(Path below) throws IOException, InterruptedException {
        Path store = below.resolve("other.p12");
        Path other = below.resolve("other.pem");
        for (List<String> arguments : List.of(
                List.of("-genkeypair", "-alias", "other", "-keyalg", "EC", "-dname", "CN=other"),
                List.of("-exportcert", "-alias", "other", "-rfc", "-file", other.toString()))) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
            command.addAll(arguments);
            command.addAll(List.of("-keystore", store.toString(), "-storepass", STORE_PASSWORD));
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new AssertionError("keytool failed");
            }
        }
        return other;
    }

    /** The broker's certificate. */
    public Path certificate() {
        return certificate;
    }

    /** What a user of a client sets, without prefix. */
    public Map<String, String> clientSettings(String user, String password) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "SCRAM-SHA-512");
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", certificate.toString());
        return settings;
    }

    /** Makes a user and waits until it is known. */
    public void createUser(String name, String password) throws Exception {
        try (Admin admin = admin()) {
            var info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ITERATIONS);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, info, password)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    /** Adds ACLs. */
    public void allow(List<AclBinding> acls) throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = admin()) {
            admin.createAcls(acls).all().get(20, TimeUnit.SECONDS);
        }
    }

    /** Makes a topic. */
    public void createTopic(String name, int partitions) {
        Topics.create(ownBootstrapServers(), name, partitions, Map.of());
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", ownBootstrapServers()));
    }

    @Override
    public void close() throws IOException {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            ExitGuard.release();
            folder.discard();
            Files.deleteIfExists(keystore);
        }
    }
}
