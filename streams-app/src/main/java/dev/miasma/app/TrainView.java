// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.miasma.train.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What came of a training, for people and for programs. */
final class TrainView {
    /** Areas under the curve from which on an attack is said to be worth something. */
    private static final double WEAK = 0.55;

    private static final double FAIR = 0.65;
    private static final double STRONG = 0.8;

    private TrainView() {}

    static String json(List<TrainedModel> models) {
        ObjectNode json = json(models.getFirst());
        if (models.size() > 1) {
            ArrayNode defences = json.putArray("defences");
            models.subList(1, models.size())
                    .forEach(model -> defences.add(json(model).put("defence", model.defence())));
        }
        return json.toString();
    }

    private static ObjectNode json(TrainedModel model) {
        ObjectNode json = new JsonMapper()
                .createObjectNode()
                .put("file", model.file().toString())
                .put("id", model.id())
                .put("kind", model.kind())
                .put("calibrationMembers", model.members())
                .put("calibrationNonMembers", model.nonMembers())
                .put("evaluatedMembers", model.evaluatedMembers())
                .put("evaluatedNonMembers", model.evaluatedNonMembers())
                .put("budgetGuaranteed", model.budgetGuaranteed());
        putIfPresent(json, "auc", model.auc());
        putIfPresent(json, "tprAt10Percent", model.tprAt10Percent());
        putIfPresent(json, "tprAt1Percent", model.tprAt1Percent());
        putIfPresent(json, "tprAt0.1Percent", model.tprAt01Percent());
        model.shadows()
                .ifPresent(shadows -> json.putObject("shadows")
                        .put("count", shadows.count())
                        .put("trainAccuracy", shadows.trainAccuracy())
                        .put("testAccuracy", shadows.testAccuracy()));
        if (!model.transfer().isEmpty()) {
            ArrayNode transfer = json.putArray("transfer");
            for (TrainedModel.TransferResult to : model.transfer()) {
                ObjectNode result =
                        transfer.addObject().put("dataset", to.dataset()).put("auc", to.auc());
                putIfPresent(result, "tprAt1Percent", to.tprAt1Percent());
                result.put("trainAccuracy", to.trainAccuracy()).put("testAccuracy", to.testAccuracy());
            }
        }
        return json;
    }

    private static void putIfPresent(ObjectNode json, String name, OptionalDouble figure) {
        figure.ifPresent(value -> json.put(name, value));
    }

    static String text(List<TrainedModel> models, String missingForBudget) {
        String text = text(models.getFirst(), missingForBudget);
        if (models.size() == 1) {
            return text;
        }
        List<String> lines = new ArrayList<>(
                List.of(text, "", "With a defence before the answers, by an attacker who" + " knows of it:"));
        lines.add(String.format(Locale.ROOT, "%-20s%8s%15s  %s", "defence", "AUC", "TPR at 1 %", "attack model"));
        for (TrainedModel model : models.subList(1, models.size())) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-20s%8s%15s  %s",
                    model.defence(),
                    shortly(model.auc()),
                    shortly(model.tprAt1Percent()),
                    model.file()));
        }
        return String.join("\n", lines);
    }

    private static String shortly(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "n/a";
    }

    private static String text(TrainedModel model, String missingForBudget) {
        List<String> lines = new ArrayList<>();
        lines.add("attack model      " + model.id() + " (" + model.kind() + "), written to " + model.file());
        model.shadows()
                .ifPresent(shadows -> lines.add(String.format(
                        Locale.ROOT,
                        "%-18saccuracy %.3f on training records, %.3f on others, a gap of %.3f",
                        shadows.count() == 1 ? "shadow model" : shadows.count() + " shadow models",
                        shadows.trainAccuracy(),
                        shadows.testAccuracy(),
                        shadows.trainAccuracy() - shadows.testAccuracy())));
        lines.add("calibrated on     " + model.members() + " members and " + model.nonMembers() + " non-members");
        if (model.auc().isPresent()) {
            lines.add("evaluated on      " + model.evaluatedMembers() + " members and " + model.evaluatedNonMembers()
                    + " non-members it was not fitted on");
            lines.add("AUC               " + figure(model.auc()));
            lines.add("TPR at 10 % FPR   " + figure(model.tprAt10Percent()));
            lines.add("TPR at 1 % FPR    " + figure(model.tprAt1Percent()));
            lines.add("TPR at 0.1 % FPR  " + figure(model.tprAt01Percent()));
            // Over many data sets together it would say nothing about any.
            if (model.transfer().isEmpty()) {
                lines.add("that is           " + meaning(model.auc().getAsDouble()));
            }
        }
        lines.add("alert budget      "
                + (model.budgetGuaranteed() ? "guaranteed" : "NOT guaranteed: " + missingForBudget));
        if (!model.transfer().isEmpty()) {
            transfer(model.transfer(), lines);
        }
        model.notes().forEach(note -> lines.add("note              " + note));
        return String.join("\n", lines);
    }

    private static void transfer(List<TrainedModel.TransferResult> transfer, List<String> lines) {
        lines.add("");
        lines.add("Each data set attacked with what the others teach:");
        lines.add(
                String.format(Locale.ROOT, "%-14s%8s%15s%22s", "data set", "AUC", "TPR at 1 %", "accuracy train/test"));
        for (TrainedModel.TransferResult to : transfer) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-14s%8.3f%15s%22s",
                    to.dataset(),
                    to.auc(),
                    shortly(to.tprAt1Percent()),
                    String.format(Locale.ROOT, "%.3f / %.3f", to.trainAccuracy(), to.testAccuracy())));
        }
    }

    /** A sentence to judge an area under the curve by. */
    private static String meaning(double auc) {
        String chance = String.format(
                Locale.ROOT,
                "of a member and a non-member, the attack takes the right one for the member %.0f times of 100 (50 by"
                        + " guessing): ",
                100 * auc);
        if (auc < WEAK) {
            return chance + "next to nothing";
        }
        if (auc < FAIR) {
            return chance + "weak; a prober needs many queries, and so does the monitor";
        }
        return chance + (auc < STRONG ? "a leak worth watching" : "a strong leak");
    }

    private static String figure(OptionalDouble value) {
        return value.isPresent()
                ? String.format(Locale.ROOT, "%.3f", value.getAsDouble())
                : "not resolvable with so few non-members";
    }
}
