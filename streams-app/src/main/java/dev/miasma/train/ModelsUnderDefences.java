// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.train;

import dev.miasma.attack.CalibratedAttack;
import dev.miasma.attack.ModelFile;
import dev.miasma.attack.Provenance;
import dev.miasma.config.ModelNames;
import dev.miasma.dataset.PosteriorSet;
import dev.miasma.defense.OutputDefense;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Attack models beside a normal one, each fitted and calibrated on answers with a defence before them: an attacker who
 * knows of the defence. The one that doesn't would call a defended model safe.
 */
final class ModelsUnderDefences {
    private final List<OutputDefense> defences;
    private final Path output;

    /**
     * Reads the names, before anything takes long.
     *
     * @param option that names them on the command line
     * @param names as given there
     * @param output model file for the bare answers
     * @throws TrainingException naming what is wrong and what is needed
     */
    ModelsUnderDefences(String option, List<String> names, Path output) {
        this.output = output;
        try {
            defences = names.stream().map(OutputDefense::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new TrainingException(option + ": " + e.getMessage());
        }
        if (defences.stream().map(OutputDefense::id).distinct().count() < defences.size()) {
            throw new TrainingException(option + " is '" + String.join(",", names) + "'; none twice needed");
        }
        if (!defences.isEmpty() && !output.toString().endsWith(ModelNames.SUFFIX)) {
            throw new TrainingException(
                    "-o is '" + output + "'; a name that ends in " + ModelNames.SUFFIX + " needed with " + option);
        }
    }

    /**
     * Makes and writes the normal model and one a defence.
     *
     * @param training makes a model of answers that it first puts through what it is given
     * @param outcome says what came of a model, by its file
     * @return the normal one first, with a note of each defence that leaves nothing to make a model of
     * @throws IOException if one cannot be written
     */
    List<TrainedModel> train(Function<UnaryOperator<PosteriorSet>, CalibratedAttack> training, Outcome outcome)
            throws IOException {
        List<TrainedModel> trained = new ArrayList<>();
        CalibratedAttack bare = training.apply(UnaryOperator.identity());
        ModelFile.write(bare, output);
        trained.add(outcome.of(bare, output));
        for (OutputDefense defence : defences) {
            try {
                CalibratedAttack defended = named(training.apply(defence::apply), defence);
                Path file = file(defence);
                ModelFile.write(defended, file);
                trained.add(outcome.of(defended, file).under(defence.id()));
            } catch (IllegalArgumentException e) {
                // The same answers have just made a model without the defence, so it's what the defence leaves.
                trained.set(
                        0,
                        trained.getFirst()
                                .noting("There is no attack model for " + defence.id()
                                        + ", and so no figures: with it, "
                                        + e.getMessage() + ". True classes might tell members still, but the stream has"
                                        + " none; 'miasma audit' tries that."));
            }
        }
        return trained;
    }

    private static CalibratedAttack named(CalibratedAttack attack, OutputDefense defence) {
        Provenance from = attack.provenance();
        Provenance named = new Provenance(
                from.dataHash(),
                from.seed(),
                from.library(),
                from.date(),
                from.protocol() + ", with " + defence.id() + " before all answers",
                from.transfer());
        return new CalibratedAttack(attack.model(), attack.calibration(), named, attack.evaluation());
    }

    private Path file(OutputDefense defence) {
        String name = String.valueOf(output.getFileName());
        String bare = name.substring(0, name.length() - ModelNames.SUFFIX.length());
        return output.resolveSibling(ModelNames.under(bare, defence.id()) + ModelNames.SUFFIX);
    }

    /** What came of a model. */
    @FunctionalInterface
    interface Outcome {
        TrainedModel of(CalibratedAttack attack, Path file);
    }
}
