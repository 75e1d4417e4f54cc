// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smile.math.special.Beta;

class ClopperPearsonTest {

    /** Expected values from binomial sums with 60 decimal digits. */
    @ParameterizedTest
    @CsvSource({
        "0, 20, 0.05, 0.1391083406682652",
        "3, 20, 0.025, 0.378926826545314",
        "11, 12, 0.001, 0.9999166284478024",
        "50, 500, 9.090909090909091e-5, 0.1590064006340291",
        "450, 500, 9.090909090909091e-5, 0.9432743514022087",
        "10, 1000, 7.142857142857143e-5, 0.02801458266171308",
        "10, 10000, 7.142857142857143e-5, 0.002824610617259593",
        "1000, 2000, 1e-4, 0.5417517150900678"
    })
    void equals_the_exact_bound(int k, int n, double alpha, double expected) {
        assertThat(ClopperPearson.upperBound(k, n, alpha)).isEqualTo(expected, within(1e-13 * expected));
    }

    @Test
    @Timeout(10)
    void copes_with_the_most_trials_there_can_be() {
        assertThat(ClopperPearson.upperBound(Integer.MAX_VALUE / 2, Integer.MAX_VALUE, 1e-4))
                .isEqualTo(0.5 + 3.719016 / 2 / Math.sqrt(Integer.MAX_VALUE), within(1e-8));
        assertThat(ClopperPearson.upperBound(0, Integer.MAX_VALUE, 0.001 / 14))
                .isEqualTo(Math.log(14_000) / Integer.MAX_VALUE, within(1e-16));
    }

    @Property(tries = 200, seed = "20261122")
    void agrees_with_smiles_beta_quantile(
            @ForAll @IntRange(min = 2, max = 3000) int n, @ForAll @IntRange(max = 3000) int any) {
        int k = any % n;

        double smile = Beta.inverseRegularizedIncompleteBetaFunction(k + 1.0, n - k, 0.999);

        assertThat(ClopperPearson.upperBound(k, n, 0.001)).isEqualTo(smile, within(1e-7 * smile));
    }

    @Test
    void knows_nothing_when_everything_succeeded() {
        assertThat(ClopperPearson.upperBound(20, 20, 0.05)).isEqualTo(1);
    }

    @Property(tries = 300, seed = "20261122")
    void grows_with_successes_and_is_above_their_share(
            @ForAll @IntRange(min = 2, max = 20_000) int n, @ForAll @IntRange(max = 20_000) int any) {
        int k = any % (n - 1);

        double bound = ClopperPearson.upperBound(k, n, 0.001 / 14);

        assertThat(bound).isGreaterThan(k / (double) n).isLessThan(1);
        assertThat(ClopperPearson.upperBound(k + 1, n, 0.001 / 14)).isGreaterThan(bound);
    }
}
