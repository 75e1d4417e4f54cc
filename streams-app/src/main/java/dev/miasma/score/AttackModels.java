// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.score;

import dev.miasma.attack.ModelFile;
import dev.miasma.attack.ModelFileException;
import dev.miasma.attack.UniversalModel;
import dev.miasma.config.ModelNames;
import dev.miasma.measure.Measures;
import dev.miasma.measure.ModelInForce;
import dev.miasma.measure.NoMeasures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attack models of a folder. An answer is scored by {@code <endpoint>@<version>.json}, else
 * {@code <endpoint>.json}, else {@code default.json}, else, where that is wanted, by the built-in universal model; in
 * names, every character but letters, digits, dot, dash and underscore becomes an underscore. What an answer would be under
 * a defence is scored by a model calibrated for that, whose name goes on with a plus and the defence.
 *
 * <p>{@link #refresh} picks up files that changed; a broken one leaves the model before it in force. Reading is
 * thread-safe, refreshing is for one thread.
 */
public final class AttackModels implements KnownModels {
    private static final Logger LOG = LoggerFactory.getLogger(AttackModels.class);

    /** The universal model's name in metrics; no endpoint's file can have it. */
    static final String UNIVERSAL = "(universal)";

    private final Path folder;
    private final double flagRate;
    private final Measures measures;
    private final @Nullable LoadedModel universal;
    private @Nullable ExpectedModels expected;
    private boolean universalTold;
    private long nextGeneration = 1;
    private final Map<String, FileStamp> seen = new HashMap<>();
    private volatile Map<String, LoadedModel> inForce = Map.of();
    private volatile long generation;
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final InstantSource clock;

    private AttackModels(
            Path folder, @Nullable LoadedModel universal, double flagRate, Measures measures, InstantSource clock) {
        this.clock = clock;
        this.folder = folder;
        this.universal = universal;
        this.flagRate = flagRate;
        this.measures = measures;
    }

    /**
     * Loads the folder.
     *
     * @param folder with the model files; with the universal model it may be empty or missing
     * @param universal whether the built-in universal model scores what no file does
     * @param flagRate nominal false-positive rate at which an answer counts as leaky
     * @param measures told of every load
     * @throws AttackModelsException in one sentence, if a file is broken, or if there is nothing to score by
     */
    public static AttackModels load(Path folder, boolean universal, double flagRate, Measures measures) {
        return load(folder, universal, flagRate, measures, InstantSource.system());
    }

    /**
     * As above.
     *
     * @param clock for when each was loaded
     */
    public static AttackModels load(
            Path folder, boolean universal, double flagRate, Measures measures, InstantSource clock) {
        LoadedModel builtIn = universal ? new LoadedModel(UniversalModel.load(), flagRate, clock.instant()) : null;
        AttackModels models = new AttackModels(folder, builtIn, flagRate, measures, clock);
        if (!Files.isDirectory(folder) && (!universal || Files.exists(folder))) {
            throw new AttackModelsException("models.dir: no folder '" + folder + "': make a model with 'miasma train'"
                    + (universal ? "" : ", or set models.universal=true"));
        }
        String broken = models.reload();
        if (!broken.isEmpty()) {
            throw new AttackModelsException("broken attack model: " + broken);
        }
        boolean ownModel = models.inForce.keySet().stream()
                .anyMatch(name -> ModelNames.defenceOf(name).isEmpty());
        if (!ownModel && !universal) {
            throw new AttackModelsException("models.dir: no attack model in '" + folder
                    + "': make one with 'miasma train', or set models.universal=true");
        }
        return models;
    }

    /** No models at all, for looking at a topology that is never started. */
    public static AttackModels none() {
        return new AttackModels(Path.of(""), null, 0, new NoMeasures(), InstantSource.system());
    }

    /** Looks for changed files; a broken one is logged and counted and leaves the model before it in force. */
    public void refresh() {
        String broken = reload();
        if (!broken.isEmpty()) {
            LOG.warn("broken attack model, the one before stays in force: {}", broken);
        }
    }

    /** The model for the answers of an endpoint's version, or null with none. */
    @Nullable
    LoadedModel resolve(String endpoint, String version) {
        LoadedModel own = resolve(endpoint, version, name -> name);
        return own == null ? universal : own;
    }

    /**
     * The model for the answers of an endpoint's version under a defence, or null with none. No model of another defence
     * or of bare answers stands in for it: an attack that doesn't know a defence calls everything safe.
     *
     * @param defence id of the defence
     */
    @Nullable
    LoadedModel resolve(String endpoint, String version, String defence) {
        return resolve(endpoint, version, name -> ModelNames.under(name, defence));
    }

    private @Nullable LoadedModel resolve(String endpoint, String version, UnaryOperator<String> naming) {
        Map<String, LoadedModel> models = inForce;
        LoadedModel exact = models.get(naming.apply(ModelNames.of(endpoint, version)));
        if (exact != null) {
            return exact;
        }
        LoadedModel ofEndpoint = models.get(naming.apply(ModelNames.of(endpoint)));
        return ofEndpoint == null ? models.get(naming.apply(ModelNames.DEFAULT)) : ofEndpoint;
    }

    @Override
    public @Nullable KnownModel byId(String modelId) {
        for (LoadedModel model : inForce.values()) {
            if (model.id.equals(modelId)) {
                return model;
            }
        }
        return universal != null && universal.id.equals(modelId) ? universal : null;
    }

    @Override
    public @Nullable KnownModel byIdHash(int hash) {
        for (LoadedModel model : inForce.values()) {
            if (model.id.hashCode() == hash) {
                return model;
            }
        }
        return universal != null && universal.id.hashCode() == hash ? universal : null;
    }

    /** All models and broken files, by name. */
    public List<ModelCard> cards() {
        Map<String, LoadedModel> models = inForce;
        Map<String, String> broken = Map.copyOf(problems);
        Map<String, ModelCard> cards = new TreeMap<>();
        broken.forEach((name, problem) -> cards.put(name, new ModelCard(name, ModelCard.State.BROKEN, problem, null)));
        models.forEach((name, model) -> {
            String problem = broken.get(name);
            ModelCard.State state = problem == null ? ModelCard.State.IN_FORCE : ModelCard.State.KEPT;
            cards.put(name, new ModelCard(name, state, problem, model.facts()));
        });
        if (universal != null) {
            ModelCard.State state =
                    models.containsKey(ModelNames.DEFAULT) ? ModelCard.State.IDLE : ModelCard.State.IN_FORCE;
            cards.put(UNIVERSAL, new ModelCard(UNIVERSAL, state, null, universal.facts()));
        }
        return List.copyOf(cards.values());
    }

    /** Tells of the models for the defences that are tried, now and whenever that changes. */
    public void expect(LiveDefences defences) {
        expected = new ExpectedModels(defences, folder, measures);
        expected.tell(inForce.keySet());
    }

    /** Changes whenever another set of models comes into force. */
    long generation() {
        return generation;
    }

    private String reload() {
        Map<String, LoadedModel> next = new TreeMap<>();
        StringBuilder broken = new StringBuilder();
        boolean changed = false;
        Map<String, Path> files;
        try {
            files = files();
        } catch (IOException e) {
            return "cannot list '" + folder + "': " + e;
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String name = file.getKey();
            LoadedModel before = inForce.get(name);
            FileStamp stamp = FileStamp.of(file.getValue());
            LoadedModel model = before;
            if (!stamp.equals(seen.put(name, stamp))) {
                model = read(name, file.getValue(), broken, before);
                changed |= model != before;
            }
            if (model != null) {
                next.put(name, model);
            }
        }
        seen.keySet().retainAll(files.keySet());
        problems.keySet().retainAll(files.keySet());
        if (changed || next.size() != inForce.size()) {
            inForce.keySet().stream().filter(name -> !next.containsKey(name)).forEach(measures::modelOutOfForce);
            inForce = Map.copyOf(next);
            generation = nextGeneration++;
            if (expected != null) {
                expected.tell(inForce.keySet());
            }
        }
        if (broken.isEmpty()) {
            tellOfUniversal();
        }
        return broken.toString();
    }

    /** The universal model scores as soon as there is no default; somebody who relies on a promise has to know. */
    private void tellOfUniversal() {
        boolean scores = universal != null && !inForce.containsKey(ModelNames.DEFAULT);
        if (universal != null && scores && !universalTold) {
            measures.modelInForce(
                    new ModelInForce(UNIVERSAL, universal.calibration.nonMembers(), universal.budgetGuaranteed));
            LOG.warn(
                    "no default attack model in '{}': the built-in universal one ({}) scores every endpoint without a"
                            + " model of its own. It learnt from other models and other data: it finds few probers,"
                            + " and the alert budget is not guaranteed. Make a model with 'miasma train', or set"
                            + " models.universal=false",
                    folder,
                    universal.id);
        }
        if (universalTold && !scores) {
            measures.modelOutOfForce(UNIVERSAL);
        }
        universalTold = scores;
    }

    private Map<String, Path> files() throws IOException {
        if (inForce.isEmpty() && !Files.exists(folder)) {
            return Map.of();
        }
        return FileStamp.files(folder, ModelNames.SUFFIX);
    }

    private @Nullable LoadedModel read(String name, Path file, StringBuilder broken, @Nullable LoadedModel before) {
        try {
            LoadedModel model = new LoadedModel(ModelFile.read(file), flagRate, clock.instant());
            problems.remove(name);
            measures.modelLoaded(true);
            measures.modelInForce(new ModelInForce(name, model.calibration.nonMembers(), model.budgetGuaranteed));
            LOG.info(
                    "attack model {} ({}) in force for '{}', budget guaranteed = {}, calibrated on {} non-members",
                    model.id,
                    model.model.kind(),
                    name,
                    model.budgetGuaranteed,
                    model.calibration.nonMembers());
            return model;
        } catch (ModelFileException e) {
            return broken(name, String.valueOf(e.getMessage()), broken, before);
        } catch (IOException e) {
            // Its own message may be "Is a directory" and no more.
            return broken(name, file + ": cannot be read (" + e + ")", broken, before);
        }
    }

    private @Nullable LoadedModel broken(
            String name, String message, StringBuilder messages, @Nullable LoadedModel before) {
        problems.put(name, message);
        measures.modelLoaded(false);
        messages.append(messages.isEmpty() ? "" : "; ").append(message);
        return before;
    }
}
