// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.measure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The meters of attack models and training-set filters: which are in force, and what came of looking at their files. */
final class ModelMeters {
    private final MeterRegistry registry;
    private final Map<String, ModelInForce> models = new ConcurrentHashMap<>();

    ModelMeters(MeterRegistry registry) {
        this.registry = registry;
        for (boolean ok : new boolean[] {true, false}) {
            loadsCounter(ok);
            filterLoadsCounter(ok);
        }
    }

    void inForce(ModelInForce model) {
        if (models.put(model.name(), model) == null) {
            gauge(
                    "miasma.model.non.members",
                    "Non-members of the attack model's calibration.",
                    model.name(),
                    ModelInForce::nonMembers);
            gauge(
                    "miasma.model.budget.guaranteed",
                    "1 where the attack model's calibration bears the alert budget, else 0.",
                    model.name(),
                    known -> known.budgetGuaranteed() ? 1 : 0);
        }
    }

    void outOfForce(String name) {
        models.remove(name);
        // A series that stayed would warn of a model that scores nothing any more.
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("miasma.model.")
                        && name.equals(meter.getId().getTag("model")))
                .forEach(registry::remove);
    }

    void loaded(boolean ok) {
        loadsCounter(ok).increment();
    }

    void filterLoaded(boolean ok) {
        filterLoadsCounter(ok).increment();
    }

    private void gauge(String metric, String description, String name, ToDoubleFunction<ModelInForce> reading) {
        Gauge.builder(metric, models, all -> {
                    ModelInForce model = all.get(name);
                    return model == null ? Double.NaN : reading.applyAsDouble(model);
                })
                .description(description)
                .tag("model", name)
                .register(registry);
    }

    private Counter loadsCounter(boolean ok) {
        return Counter.builder("miasma.model.loads")
                .description("Attack-model files looked at after a change, by result.")
                .tag("result", result(ok))
                .register(registry);
    }

    private Counter filterLoadsCounter(boolean ok) {
        return Counter.builder("miasma.training.filter.loads")
                .description("Training-set filters looked at after a change, by result.")
                .tag("result", result(ok))
                .register(registry);
    }

    private static String result(boolean ok) {
        return ok ? "loaded" : "broken";
    }
}
