// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

import dev.miasma.simulate.ClientKind.Values;
import dev.miasma.simulate.FeatureKind.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The kinds of simulated clients there are. */
public final class ClientKinds {
    private static final String MEMBERS = "members";
    private static final String AGAIN = "again";
    private static final String COPIES = "copies";
    private static final String NOISE = "noise";
    private static final int MANY = 1_000_000;

    private static final Parameter MEMBER_SHARE =
            Parameter.share(MEMBERS, 0.5, "share of the target records that are training members");
    private static final Parameter START_OVER =
            Parameter.flag(AGAIN, false, "1: starts over once it is out of records; 0: ends then");
    private static final Parameter NOISE_OF_COPIES =
            Parameter.share(NOISE, 0.02, "share of bits flipped in a near copy, or standard deviation of its noise");
    private static final Parameter DENSITY =
            Parameter.share("density", 0.5, "share of ones in random records, where features are bits");

    private static final List<ClientKind> ALL = all();

    private ClientKinds() {}

    /** All of them, attacks first. */
    public static List<ClientKind> list() {
        return ALL;
    }

    /**
     * The kind of a name.
     *
     * @throws IllegalArgumentException naming those there are, if it is none
     */
    public static ClientKind named(String name) {
        return ALL.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no kind of client: must be one of "
                        + ALL.stream().map(ClientKind::name).collect(Collectors.joining(", "))));
    }

    private static List<ClientKind> all() {
        List<ClientKind> kinds = new ArrayList<>(scoreBased());
        kinds.addAll(labelOnly());
        kinds.addAll(evasive());
        kinds.addAll(benign());
        return List.copyOf(kinds);
    }

    private static List<ClientKind> scoreBased() {
        return List.of(
                ClientKind.attack(
                        "score",
                        "1",
                        "distinct records, a share of them members: Shokri et al., ML-Leaks 1 and 2, LiRA offline, RMIA",
                        false,
                        List.of(MEMBER_SHARE, START_OVER),
                        (population, values, random) -> probe(population, values, Copies.once(), random)),
                ClientKind.attack(
                        "ml-leaks",
                        "1",
                        "ML-Leaks 3: random-noise queries to set the threshold, then as score",
                        false,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.count("noise-queries", 1000, 0, MANY, "random queries at first"),
                                DENSITY),
                        ClientKinds::mlLeaks),
                ClientKind.attack(
                        "lira",
                        "copies",
                        "LiRA with several queries a record: its mirror image and shifts, or near copies where it is no"
                                + " image",
                        false,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.count(COPIES, 2, 1, 18, "queries for each record"),
                                NOISE_OF_COPIES),
                        (population, values, random) -> probe(
                                population,
                                values,
                                Copies.mirrored(population.kind(), values.whole(COPIES), values.number(NOISE)),
                                random)),
                ClientKind.attack(
                        "repeat",
                        "copies",
                        "the same record again and again, to average a randomised answer",
                        false,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.count(COPIES, 200, 1, MANY, "queries for each record")),
                        (population, values, random) ->
                                probe(population, values, Copies.repeats(values.whole(COPIES)), random)),
                ClientKind.attack(
                        "synthesis",
                        "about 156 in the paper",
                        "Shokri et al., Algorithm 1: hill climbing on the confidence, to make shadow data",
                        false,
                        List.of(
                                Parameter.count("k-max", 128, 1, MANY, "features drawn again in a step at first"),
                                Parameter.count("k-min", 4, 1, MANY, "features drawn again in a step at last"),
                                Parameter.count("rej-max", 10, 0, MANY, "rejections in a row before k is halved"),
                                Parameter.share("conf-min", 0.2, "confidence that an accepted record needs"),
                                Parameter.count("iter-max", 1000, 1, MANY, "queries after which a record is given up"),
                                DENSITY),
                        ClientKinds::synthesis));
    }

    private static List<ClientKind> labelOnly() {
        return List.of(
                ClientKind.attack(
                        "augmentation",
                        "4d + 1 or 2r + 1; copies",
                        "label-only by augmentation (Choquette-Choo et al. 2021): a burst of shifts and rotations, or of"
                                + " near copies where records are no images",
                        true,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.count(
                                        "shift", 1, 0, 100, "of images: pixels d; 4d + 1 queries; 0: no shifts"),
                                Parameter.count("rotations", 0, 0, 100, "of images: r; 2r + 1 queries; 0: none"),
                                Parameter.number("degrees", 5, 0, 180, "of images: the furthest rotation"),
                                Parameter.count(COPIES, 10, 1, MANY, "of other records: queries for each"),
                                NOISE_OF_COPIES),
                        (population, values, random) ->
                                probe(population, values, augmented(population.kind(), values), random)),
                ClientKind.attack(
                        "noise",
                        "copies",
                        "label-only by noise (Choquette-Choo et al. 2021): hundreds of copies round one record",
                        true,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.count(COPIES, 500, 1, MANY, "queries for each record"),
                                NOISE_OF_COPIES),
                        (population, values, random) -> probe(
                                population,
                                values,
                                Copies.noisy(population.kind(), values.whole(COPIES), values.number(NOISE)),
                                random)),
                ClientKind.attack(
                        "boundary",
                        "hundreds to thousands",
                        "label-only by a walk along the decision boundary: HopSkipJump (Choquette-Choo et al. 2021, Li and"
                                + " Zhang 2021)",
                        true,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.count("gradient", 100, 1, MANY, "queries for the first gradient"),
                                Parameter.count("iterations", 5, 0, 1000, "gradients and steps for each record")),
                        ClientKinds::boundary));
    }

    private static List<ClientKind> evasive() {
        return List.of(
                ClientKind.attack(
                        "low-and-slow",
                        "1",
                        "benign traffic with a few probes in it",
                        false,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.share("share", 0.05, "share of the queries that probe")),
                        (population, values, random) -> new Mixed(
                                everyday(population, 1, random),
                                probe(population, values, Copies.once(), random),
                                values.number("share"),
                                random)),
                ClientKind.attack(
                        "sybils",
                        "1",
                        "a few probes each from many accounts of one cohort; a client is such a group",
                        false,
                        List.of(
                                MEMBER_SHARE,
                                START_OVER,
                                Parameter.count("accounts", 50, 1, MANY, "accounts of a group"),
                                Parameter.count("probes", 2, 1, MANY, "queries of each account")),
                        (population, values, random) -> ManyAccounts.sybils(
                                probe(population, values, Copies.once(), random),
                                values.whole("accounts"),
                                values.whole("probes"))),
                ClientKind.attack(
                        "flood",
                        "1",
                        "invented client ids, each used once or a few times, in no cohort",
                        false,
                        List.of(
                                MEMBER_SHARE,
                                Parameter.flag(AGAIN, true, START_OVER.description()),
                                Parameter.count("uses", 1, 1, MANY, "queries of each id")),
                        (population, values, random) -> ManyAccounts.invented(
                                probe(population, values, Copies.once(), random), values.whole("uses"))),
                ClientKind.attack(
                        "owner-audit",
                        "1",
                        "the owner asks about every known member once: to be allow-listed, or it raises an alert",
                        false,
                        List.of(),
                        (population, values, random) -> new RecordProbe(
                                new TargetPool(population.members(), population.nonMembers(), 1, false, random),
                                Copies.once(),
                                random)));
    }

    private static List<ClientKind> benign() {
        ClientKind.PaceMaker steady = _ -> Pace.steady();
        ClientKind.Maker once = (population, values, random) -> everyday(population, 1, random);
        return List.of(
                ClientKind.benign(
                        "steady", "asks at any time, about records that are no members", List.of(), once, steady),
                ClientKind.benign(
                        "bursty",
                        "asks in bursts, with pauses between",
                        List.of(
                                Parameter.count("burst", 20, 1, MANY, "queries of a burst"),
                                Parameter.number(
                                        "times", 20, 1, MANY, "how many times faster than on average it asks then")),
                        once,
                        values -> Pace.bunches(values.whole("burst"), values.number("times"))),
                ClientKind.benign(
                        "duplicate-happy",
                        "sends every record several times",
                        List.of(Parameter.count(COPIES, 2, 1, MANY, "times it sends a record")),
                        (population, values, random) -> everyday(population, values.whole(COPIES), random),
                        steady),
                ClientKind.benign(
                        "batch",
                        "asks about many rows at the same instant",
                        List.of(Parameter.count("rows", 100, 1, MANY, "queries of one instant")),
                        once,
                        values -> Pace.bunches(values.whole("rows"), Double.POSITIVE_INFINITY)),
                ClientKind.benign(
                        "drifting",
                        "asks about another part of the distribution as time goes by",
                        List.of(Parameter.share("window", 0.1, "share of the records that it asks about at a time")),
                        (population, values, random) -> new BenignQueries(
                                new DriftingPool(population.nonMembers(), values.number("window"), random)::next, 1),
                        steady));
    }

    private static RecordProbe probe(Population population, Values values, Copies copies, Random random) {
        return new RecordProbe(targets(population, values, random), copies, random);
    }

    private static TargetPool targets(Population population, Values values, Random random) {
        return new TargetPool(
                population.members(), population.nonMembers(), values.number(MEMBERS), values.flag(AGAIN), random);
    }

    private static BenignQueries everyday(Population population, int times, Random random) {
        return new BenignQueries(new RecordPool(population.nonMembers(), random)::next, times);
    }

    private static Copies augmented(FeatureKind kind, Values values) {
        return kind instanceof Image shape
                ? Copies.moved(shape, values.whole("shift"), values.whole("rotations"), values.number("degrees"))
                : Copies.noisy(kind, values.whole(COPIES), values.number(NOISE));
    }

    private static Behaviour mlLeaks(Population population, Values values, Random random) {
        return new InTurn(
                new NoiseQueries(values.whole("noise-queries"), population, values.number("density"), random),
                probe(population, values, Copies.once(), random));
    }

    private static Behaviour boundary(Population population, Values values, Random random) {
        RecordPool own = new RecordPool(population.nonMembers(), random);
        WalkOptions options = new WalkOptions(values.whole("gradient"), values.whole("iterations"), 50);
        return new BoundaryWalk(targets(population, values, random), population.kind(), own::next, options, random);
    }

    private static Behaviour synthesis(Population population, Values values, Random random) {
        SynthesisOptions options = new SynthesisOptions(
                values.whole("k-max"),
                values.whole("k-min"),
                values.whole("rej-max"),
                values.number("conf-min"),
                values.whole("iter-max"),
                values.number("density"));
        return new Synthesis(population, options, random);
    }
}
