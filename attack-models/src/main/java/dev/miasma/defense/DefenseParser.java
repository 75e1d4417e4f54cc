// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.defense;

import dev.miasma.attack.AttackModel;
import dev.miasma.attack.LogisticAttack;
import dev.miasma.posterior.PosteriorFeature;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of defences, read and written. */
final class DefenseParser {

    private static final Pattern SPEC = Pattern.compile("([a-z]+)([0-9]{1,9}(?:\\.[0-9]{1,9})?)?");
    private static final String KNOWN = "top3, round2, temperature5, label, memguard or several joined by '+' needed";

    private DefenseParser() {}

    static OutputDefense parse(String spec, Supplier<? extends AttackModel> surrogate, long key) {
        List<OutputDefense> parts = Arrays.stream(spec.split("\\+", -1))
                .map(part -> single(part, surrogate, key))
                .toList();
        return parts.size() == 1 ? parts.getFirst() : new Composed(parts);
    }

    /** 5.0 as "5", 0.50 as "0.5". */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** An attack that has learnt nothing, to try a name with. */
    static AttackModel anySurrogate() {
        return new LogisticAttack(List.of(PosteriorFeature.TOP_1), new double[] {0}, 0, 0.5);
    }

    private static OutputDefense single(String spec, Supplier<? extends AttackModel> surrogate, long key) {
        Matcher matcher = SPEC.matcher(spec);
        if (!matcher.matches()) {
            throw unknown(spec);
        }
        String digits = matcher.group(2) == null ? "" : matcher.group(2);
        return switch (matcher.group(1)) {
            case "top" -> new TopK(integer(spec, digits));
            case "round" -> new Rounding(integer(spec, digits));
            case "temperature" -> new Temperature(decimal(spec, digits));
            case "label" -> {
                if (!digits.isEmpty()) {
                    throw unknown(spec);
                }
                yield new LabelOnly();
            }
            case "memguard" ->
                new MemGuard(surrogate.get(), digits.isEmpty() ? MemGuard.USUAL_BUDGET : decimal(spec, digits), key);
            default -> throw unknown(spec);
        };
    }

    private static int integer(String spec, String digits) {
        if (digits.isEmpty() || digits.contains(".")) {
            throw unknown(spec);
        }
        return Integer.parseInt(digits);
    }

    private static double decimal(String spec, String digits) {
        if (digits.isEmpty()) {
            throw unknown(spec);
        }
        return Double.parseDouble(digits);
    }

    private static IllegalArgumentException unknown(String spec) {
        return new IllegalArgumentException("defence is '" + spec + "'; " + KNOWN);
    }
}
