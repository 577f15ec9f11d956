package riskcluster.actors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import riskcluster.contracts.transaction.Transaction;

class RuleTest {

    /** The average holds the transaction itself: 10, 10, 10 and x average (30 + x) / 4, and 2.5 times that is x at 50. */
    @ParameterizedTest
    @CsvSource({"50.0001, true", "50, false", "49.9999, false"})
    void anAmountOverTheAverageIsFoundToTheLastUnit(String amount, boolean fires) {
        var rule = new Rule.AmountOverAverage("r", 10, Window.MONTH, new BigDecimal("2.5"), 4);

        assertThat(rule.fires(sight(units(amount), null, 100_000, 100_000, 100_000)))
                .isEqualTo(fires);
    }

    @Test
    void amountsBeyondADoubleAreComparedExactly() {
        var rule = new Rule.AmountOverAverage("r", 10, Window.MONTH, BigDecimal.ONE, 2);
        long large = 999_999_999_999_999_998L;

        assertThat(rule.fires(sight(large + 1, null, large))).isTrue();
        assertThat(rule.fires(sight(large, null, large))).isFalse();
        assertThat(rule.fires(sight(large, null, large + 1))).isFalse();
    }

    @Test
    void withTooFewTransactionsThereIsNoHabit() {
        var rule = new Rule.AmountOverAverage("r", 10, Window.MONTH, BigDecimal.ONE, 3);

        assertThat(rule.fires(sight(1_000_000, null, 1))).isFalse();
        assertThat(rule.fires(sight(1_000_000, null, 1, 1))).isTrue();
    }

    @Test
    void aCurrencyMayHaveALimitOfItsOwn() {
        var rule = new Rule.AmountAbove("r", 30, units("5000"), Map.of("JPY", units("500000")));

        assertThat(rule.fires(sight(units("5001"), null))).isTrue();
        assertThat(rule.fires(sight(units("5001"), "USD"))).isTrue();
        assertThat(rule.fires(sight(units("500000"), "JPY"))).isFalse();
        assertThat(rule.fires(sight(units("500000.0001"), "JPY"))).isTrue();
        assertThat(rule.observed(sight(units("500000.5"), "JPY"))).isEqualTo("500000.5");
    }

    @ParameterizedTest
    @CsvSource({
        "9, 17, 8, false",
        "9, 17, 9, true",
        "9, 17, 16, true",
        "9, 17, 17, false",
        "23, 5, 22, false",
        "23, 5, 23, true",
        "23, 5, 4, true",
        "23, 5, 5, false",
        "0, 24, 0, true",
        "0, 24, 23, true",
        "7, 7, 7, false"
    })
    void hoursRunFromTheFirstToBeforeTheLast(int from, int to, int hour, boolean fires) {
        var sight = new Sight(transaction(1, null), null, hour, 1, new WindowTotals(1));

        assertThat(new Rule.LocalHourIn("r", 10, from, to).fires(sight)).isEqualTo(fires);
    }

    @Test
    void whatIsAbsentFiresNothing() {
        var sight = sight(1, null);

        assertThat(new Rule.Flag("r", 1).fires(sight)).isFalse();
        assertThat(new Rule.CountryIn("r", 1, Set.of("VN")).fires(sight)).isFalse();
        assertThat(new Rule.PaymentMethodIn("r", 1, Set.of("crypto")).fires(sight))
                .isFalse();
    }

    private static Sight sight(long units, @Nullable String currency, long... earlier) {
        var totals = new WindowTotals(units);
        for (long one : earlier) {
            totals.add(1, one);
        }
        Window.ALL.forEach(totals::close);
        return new Sight(transaction(units, currency), null, 12, 3, totals);
    }

    private static Transaction transaction(long units, @Nullable String currency) {
        return new Transaction("t", "u", units, 0, currency, null, null, null, null, null, null);
    }

    private static long units(String amount) {
        return new BigDecimal(amount).movePointRight(4).longValueExact();
    }
}
