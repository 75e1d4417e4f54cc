// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Kubernetes manifests, read so strictly that a field which the API does not have is an error. */
final class Manifests {
    private static final Map<String, Class<?>> KINDS = Map.of(
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/Service", Service.class,
            "v1/ConfigMap", ConfigMap.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class,
            "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class);

    /** The model puts fields it does not know into a map of their own; without that they are unknown. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    private Manifests() {}

    /** The documents of a text. */
    static List<JsonNode> of(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            if (document != null) {
                documents.add(STRICT.valueToTree(document));
            }
        }
        return documents;
    }

    /** The manifests that lie in a folder of src/deploy, kustomizations left out. */
    static List<JsonNode> in(String folder) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (Path file : Repository.files("src/deploy/" + folder, ".yaml")) {
            if (!file.endsWith("kustomization.yaml")) {
                all.addAll(of(Repository.text("src/deploy/" + folder + "/" + file.getFileName())));
            }
        }
        return all;
    }

    /**
     * Reads a manifest as its kind.
     *
     * @throws JsonProcessingException naming the field, if there is one that the kind does not have
     */
    static Object read(JsonNode manifest) throws JsonProcessingException {
        String kind = manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText();
        Class<?> type = KINDS.get(kind);
        if (type == null) {
            throw new AssertionError("no schema for " + kind);
        }
        return STRICT.treeToValue(manifest, type);
    }
}
