// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Who may know whom below a root package. The root is a parameter so that the rules can be tried on broken code. */
final class ArchitectureRules {
    private static final String KAFKA = "org.apache.kafka..";

    /** The packages of attack-models; what they may know of each other is theirs to say. */
    private static final Set<String> LIBRARY = Set.of(
            "posterior",
            "attack",
            "dataset",
            "target",
            "training",
            "synthesis",
            "defense",
            "evaluation",
            "audit",
            "experiment",
            "report");

    /** Each package of the application with what it may know. A new package starts here. */
    private static final Map<String, Set<String>> KNOWS = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("measure", Set.of("config")),
            Map.entry("decode", Set.of("config", "measure")),
            Map.entry("join", Set.of("decode", "config", "measure")),
            // A prediction comes straight from decode where request and response are one record.
            Map.entry("score", with(LIBRARY, "decode", "join", "config", "measure")),
            Map.entry("detect", Set.of("score", "config", "measure")),
            Map.entry("alert", Set.of("detect", "config", "measure")),
            Map.entry("topology", Set.of("decode", "join", "score", "detect", "alert", "config", "measure")),
            Map.entry("train", with(LIBRARY, "config", "measure")),
            Map.entry("serve", Set.of("config", "measure")),
            Map.entry("simulate", Set.of("config", "measure")),
            Map.entry("backtest", Set.of("config", "measure", "decode", "score", "detect", "alert")),
            Map.entry("delay", Set.of("config", "measure", "decode", "score", "detect", "simulate")),
            Map.entry("embedded", Set.of()),
            Map.entry(
                    "app",
                    Set.of(
                            "decode",
                            "join",
                            "score",
                            "detect",
                            "alert",
                            "config",
                            "measure",
                            "topology",
                            "train",
                            "serve",
                            "simulate",
                            "backtest",
                            "delay",
                            "embedded")));

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    List<ArchRule> all() {
        return List.of(
                packagesKnowWhatTheMapAllows(),
                kafkaStaysAtTheEdge(),
                configurationKnowsOnlyConfigDef(),
                measuringKnowsNoKafka(),
                onlyMainEndsTheProcess(),
                onlyTheCommandLinePrints(),
                loggingGoesThroughSlf4j(),
                nothingUsesJavaSerialization(),
                packagesAreNullMarked());
    }

    private ArchRule packagesKnowWhatTheMapAllows() {
        return classes().that(in("")).should(new ArchCondition<>("know only what the map of packages allows") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                checkDependencies(from, events);
            }
        });
    }

    private ArchRule kafkaStaysAtTheEdge() {
        DescribedPredicate<JavaClass> edge = outermostNameEndsWith("Processor", "Serde", "Store")
                .or(outermostNameEndsWith("Publisher").and(in("simulate")))
                .or(in("topology"))
                .or(in("embedded"))
                .or(in("app"))
                .as("the edge to Kafka");
        return noClasses()
                .that(in("").and(not(edge)).and(not(in("config"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(KAFKA)
                .because("the logic of each stage is plain Java that a unit test and a backtest can call");
    }

    private ArchRule configurationKnowsOnlyConfigDef() {
        return noClasses()
                .that(in("config"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(KAFKA).and(not(resideInAPackage("org.apache.kafka.common.config.."))));
    }

    private ArchRule measuringKnowsNoKafka() {
        return noClasses().that(in("measure")).should().dependOnClassesThat().resideInAPackage(KAFKA);
    }

    private ArchRule onlyMainEndsTheProcess() {
        return noClasses()
                .that(in(""))
                .and()
                .doNotHaveFullyQualifiedName(root + ".app.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class);
    }

    private ArchRule onlyTheCommandLinePrints() {
        return noClasses().that(in("").and(not(in("app")))).should().accessField(System.class, "out");
    }

    private ArchRule loggingGoesThroughSlf4j() {
        return noClasses()
                .that(in("").and(not(in("app"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..");
    }

    private ArchRule nothingUsesJavaSerialization() {
        return noClasses()
                .that(in(""))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
                .because("reading a Java object from a file runs the file's code");
    }

    private ArchRule packagesAreNullMarked() {
        return classes()
                .that(in(""))
                .should(ArchCondition.from(describe(
                        "be in a package whose package-info is @NullMarked",
                        type -> type.getPackage().isAnnotatedWith(NullMarked.class))));
    }

    private void checkDependencies(JavaClass from, ConditionEvents events) {
        String room = roomOf(from).orElse("");
        if (LIBRARY.contains(room)) {
            return;
        }
        Set<String> known = KNOWS.get(room);
        if (known == null) {
            events.add(SimpleConditionEvent.violated(from, from.getName() + " is in a package that is not on the map"));
            return;
        }
        from.getDirectDependenciesFromSelf()
                .forEach(dependency -> roomOf(dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> !target.equals(room) && !known.contains(target))
                        .ifPresent(target -> events.add(SimpleConditionEvent.violated(
                                from, room + " may not know " + target + ": " + dependency.getDescription()))));
    }

    /** The first package below the root, "" for the root itself, nothing outside of it. */
    private Optional<String> roomOf(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(root)) {
            return Optional.of("");
        }
        if (!name.startsWith(root + ".")) {
            return Optional.empty();
        }
        String below = name.substring(root.length() + 1);
        int dot = below.indexOf('.');
        return Optional.of(dot < 0 ? below : below.substring(0, dot));
    }

    private DescribedPredicate<JavaClass> in(String room) {
        return resideInAnyPackage(room.isEmpty() ? root + ".." : root + "." + room + "..");
    }

    private static DescribedPredicate<JavaClass> outermostNameEndsWith(String... endings) {
        List<String> allowed = List.of(endings);
        return describe("named *" + allowed, type -> {
            JavaClass outermost = type;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            return allowed.stream().anyMatch(outermost.getSimpleName()::endsWith);
        });
    }

    private static Set<String> with(Set<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
