// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.topology;

import dev.miasma.config.ConfigKey;
import dev.miasma.config.MiasmaConfig;
import dev.miasma.config.OutputSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights the monitor needs of Kafka, all of them and no other. READ, WRITE and DELETE imply DESCRIBE, so that is not
 * listed.
 */
public final class AccessList {
    private AccessList() {}

    /**
     * One right.
     *
     * @param type of the resource
     * @param name of the resource, or what its name begins with
     * @param prefixed whether {@code name} is a beginning
     * @param operation that is allowed
     */
    public record Right(ResourceType type, String name, boolean prefixed, AclOperation operation) {
        /** The entry that gives it to a principal, from any host. */
        public AclBinding binding(String principal) {
            PatternType pattern = prefixed ? PatternType.PREFIXED : PatternType.LITERAL;
            return new AclBinding(
                    new ResourcePattern(type, name, pattern),
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
        }

        /** The arguments of Kafka's {@code kafka-acls} that give it to a principal. */
        public String arguments(String principal) {
            return "--add --allow-principal '" + principal + "' --operation " + words(operation.name(), "") + " --"
                    + words(type.name(), "-") + " '" + name + "'"
                    + (prefixed ? " --resource-pattern-type prefixed" : "");
        }

        @Override
        public String toString() {
            return operation + " on " + words(type.name(), " ") + " " + name + (prefixed ? "*" : "");
        }

        /** Kafka's tool takes "DeleteRecords" in any case, and resources with hyphens. */
        private static String words(String constant, String between) {
            return constant.toLowerCase(Locale.ROOT).replace("_", between);
        }
    }

    /** The rights for a configuration, in the order in which they are needed. */
    public static List<Right> of(MiasmaConfig config) {
        List<Right> rights = new ArrayList<>();
        OutputSettings out = config.outputs();
        String application = config.string(ConfigKey.APPLICATION_ID);
        for (String topic : config.input().topics()) {
            rights.add(topic(topic, AclOperation.READ));
        }
        List<String> written = new ArrayList<>(List.of(out.alertsTopic(), out.riskTopic(), out.deadLetterTopic()));
        config.sanitised().ifPresent(settings -> written.add(settings.topic()));
        for (String topic : written) {
            rights.add(topic(topic, AclOperation.WRITE));
            addCreation(topic, out, rights);
        }
        String exemptions = config.string(ConfigKey.EXEMPTIONS_TOPIC);
        if (!exemptions.isEmpty()) {
            rights.add(topic(exemptions, AclOperation.READ));
            addCreation(exemptions, out, rights);
        }
        rights.add(new Right(ResourceType.GROUP, application, false, AclOperation.READ));
        if (config.string(ConfigKey.PROCESSING_GUARANTEE).equals("exactly_once_v2")) {
            rights.add(new Right(ResourceType.TRANSACTIONAL_ID, internal(config), true, AclOperation.WRITE));
        }
        // DELETE: what was repartitioned is deleted once it is processed, or it would fill the brokers' disks.
        for (AclOperation operation :
                List.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE)) {
            rights.add(new Right(ResourceType.TOPIC, internal(config), true, operation));
        }
        return List.copyOf(rights);
    }

    /** What the names of internal topics and transactional ids begin with. */
    public static String internal(MiasmaConfig config) {
        return config.string(ConfigKey.APPLICATION_ID) + "-";
    }

    private static Right topic(String name, AclOperation operation) {
        return new Right(ResourceType.TOPIC, name, false, operation);
    }

    private static void addCreation(String topic, OutputSettings out, List<Right> rights) {
        if (out.create()) {
            rights.add(topic(topic, AclOperation.CREATE));
        }
    }
}
