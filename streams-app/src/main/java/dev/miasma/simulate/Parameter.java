// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.simulate;

/**
 * A parameter of a kind of client.
 *
 * @param name as it is given
 * @param standard value where none is given
 * @param least value allowed
 * @param most value allowed
 * @param whole whether only whole numbers are
 * @param description one line
 */
public record Parameter(String name, double standard, double least, double most, boolean whole, String description) {

    static Parameter share(String name, double standard, String description) {
        return new Parameter(name, standard, 0, 1, false, description);
    }

    static Parameter count(String name, int standard, int least, int most, String description) {
        return new Parameter(name, standard, least, most, true, description);
    }

    static Parameter flag(String name, boolean standard, String description) {
        return new Parameter(name, standard ? 1 : 0, 0, 1, true, description);
    }

    static Parameter number(String name, double standard, double least, double most, String description) {
        return new Parameter(name, standard, least, most, false, description);
    }

    /** The default as it would be given. */
    public String standardText() {
        return text(standard);
    }

    /**
     * Parses and checks a value.
     *
     * @param kind named in the message
     * @throws IllegalArgumentException naming the parameter, the value and the bound
     */
    double value(String kind, String given) {
        double value;
        try {
            value = Double.parseDouble(given);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(value >= least && value <= most) || (whole && value != Math.rint(value))) {
            throw new IllegalArgumentException(kind + ": " + name + " is " + given + ": must be "
                    + (whole ? "a whole number, " : "") + text(least) + " to " + text(most));
        }
        return value;
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
