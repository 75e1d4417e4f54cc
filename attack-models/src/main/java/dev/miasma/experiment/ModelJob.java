// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.experiment;

import dev.miasma.defense.TrainingDefense;
import java.util.Locale;

/**
 * One model of an experiment, and which records it is trained on. Equal jobs give equal answers, so what a job gave is
 * kept under its {@link #key}.
 *
 * <p>A data set is shuffled by the seed and cut as ML-Leaks does (Salem et al. 2019, section III.A): the target's
 * members, as many non-members, the shadow's members, its non-members. What comes after the target's part is the pool
 * that Shokri's shadows are drawn from.
 *
 * @param dataset name in the catalogue, or of one added to the workbench
 * @param family of the model
 * @param epochs of a network; ignored by other families
 * @param members records it is trained on, at least 1
 * @param role which part of the data it gets
 * @param index of a shadow drawn from the pool, from 0; 0 for other roles
 * @param data where a shadow's records come from
 * @param seed of split and training
 * @param defence how a network's training is defended; none for other families
 */
public record ModelJob(
        String dataset,
        ModelFamily family,
        int epochs,
        int members,
        Role role,
        int index,
        ShadowData data,
        long seed,
        TrainingDefense defence) {

    /** Which part of the data a model gets. */
    public enum Role {
        /** The model under attack. It is asked random queries as well. */
        TARGET,
        /** ML-Leaks' one shadow, on the third quarter. */
        SHADOW,
        /** One of Shokri's shadows, drawn from all that isn't the target's. */
        POOL,
        /** A shadow drawn from all records: the target's are elsewhere. */
        WHOLE
    }

    public ModelJob {
        if (members < 1 || epochs < 1 || index < 0) {
            throw new IllegalArgumentException("members are " + members + ", epochs " + epochs + " and index " + index
                    + "; at least 1, 1 and 0 needed");
        }
        boolean drawn = role == Role.POOL || role == Role.WHOLE;
        if ((!drawn && index != 0) || (role != Role.POOL && data != ShadowData.REAL)) {
            throw new IllegalArgumentException(
                    role + " has index " + index + " and " + data + " records; 0 and " + ShadowData.REAL + " needed");
        }
        if (!defence.equals(TrainingDefense.NONE) && !family.network()) {
            throw new IllegalArgumentException("training defence of " + family.id() + " is " + defence.id()
                    + "; none needed, for it changes networks only");
        }
    }

    /** A model trained without a defence. */
    public ModelJob(
            String dataset,
            ModelFamily family,
            int epochs,
            int members,
            Role role,
            int index,
            ShadowData data,
            long seed) {
        this(dataset, family, epochs, members, role, index, data, seed, TrainingDefense.NONE);
    }

    /** The same model, trained with a defence. */
    public ModelJob defended(TrainingDefense other) {
        return new ModelJob(dataset, family, epochs, members, role, index, data, seed, other);
    }

    /** A target. */
    public static ModelJob target(String dataset, ModelFamily family, int epochs, int members, long seed) {
        return new ModelJob(dataset, family, epochs, members, Role.TARGET, 0, ShadowData.REAL, seed);
    }

    /** The shadow that goes with this target. */
    public ModelJob shadow() {
        return new ModelJob(dataset, family, epochs, members, Role.SHADOW, 0, ShadowData.REAL, seed, defence);
    }

    /** One of the shadows that Shokri's attack trains against this target. */
    public ModelJob pool(int shadow, ShadowData source) {
        return new ModelJob(dataset, family, epochs, members, Role.POOL, shadow, source, seed, defence);
    }

    /** One of the shadows on data of which nothing is the target's. */
    public static ModelJob whole(String dataset, ModelFamily family, int epochs, int members, int shadow, long seed) {
        return new ModelJob(dataset, family, epochs, members, Role.WHOLE, shadow, ShadowData.REAL, seed);
    }

    /** The target that goes with this shadow. */
    public ModelJob target() {
        return target(dataset, family, epochs, members, seed).defended(defence);
    }

    /** A name for files, of letters, digits and hyphens. Without a defence none is named in it. */
    public String key() {
        String part = role.name().toLowerCase(Locale.ROOT);
        return dataset + "-" + family.id() + (family.network() ? "-" + epochs + "epochs" : "") + "-" + members + "-"
                + (role == Role.POOL ? data.id() + "-" : "")
                + (role == Role.POOL || role == Role.WHOLE ? part + index : part) + "-seed" + seed
                + (defence.equals(TrainingDefense.NONE)
                        ? ""
                        : "-" + defence.id().replace('.', '-'));
    }
}
