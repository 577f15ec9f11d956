package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AmountTextTest {

    @Test
    void unitsAreThoseOfBigDecimalSeed11() {
        var dice = new Random(11);
        int representable = 0;
        for (int i = 0; i < 200_000; i++) {
            var letters = number(dice);
            long units = units(letters);
            assertThat(units).as(letters).isEqualTo(oracle(letters));
            representable += units >= 0 ? 1 : 0;
        }
        assertThat(representable).isBetween(40_000, 160_000);
    }

    @Test
    void theLargestAmountFitsAndOneUnitMoreDoesNot() {
        assertThat(units("99999999999999.9999")).isEqualTo(999_999_999_999_999_999L);
        assertThat(units("99999999999999.99990000")).isEqualTo(999_999_999_999_999_999L);
        assertThat(units("100000000000000")).isEqualTo(AmountText.NOT_REPRESENTABLE);
        assertThat(units("99999999999999.99991")).isEqualTo(AmountText.NOT_REPRESENTABLE);
    }

    @Test
    void zeroIsZeroHoweverItIsWritten() {
        for (var zero : new String[] {"0", "-0", "0.000000000000000000000", "0e999999999999", "-0.0E-999999999999"}) {
            assertThat(units(zero)).as(zero).isZero();
        }
    }

    @Test
    void aMillionDigitsThatSayLittleAreRead() {
        assertThat(units("1" + "0".repeat(1_000_000) + "e-1000000")).isEqualTo(10_000);
        assertThat(units("0." + "0".repeat(1_000_000) + "1e1000001")).isEqualTo(10_000);
        assertThat(units("7".repeat(1_000_000))).isEqualTo(AmountText.NOT_REPRESENTABLE);
    }

    private static String number(Random dice) {
        var letters = new StringBuilder(dice.nextInt(10) == 0 ? "-" : "");
        letters.append(dice.nextInt(3) == 0 ? "0" : Long.toString(1 + dice.nextLong(1L << 1 + dice.nextInt(61))));
        if (dice.nextBoolean()) {
            letters.append('.').append("0".repeat(dice.nextInt(4))).append(dice.nextInt(1 << 1 + dice.nextInt(18)));
            letters.append("0".repeat(dice.nextInt(4)));
        }
        if (dice.nextInt(3) == 0) {
            letters.append(dice.nextBoolean() ? "e" : "E")
                    .append(dice.nextBoolean() ? "" : dice.nextBoolean() ? "+" : "-");
            letters.append(dice.nextInt(24));
        }
        return letters.toString();
    }

    private static long oracle(String letters) {
        var number = new BigDecimal(letters);
        if (number.signum() <= 0) {
            return number.signum() == 0 ? 0 : AmountText.NEGATIVE;
        }
        var units = number.movePointRight(4).stripTrailingZeros();
        return units.scale() <= 0 && units.compareTo(BigDecimal.TEN.pow(18)) < 0
                ? units.longValueExact()
                : AmountText.NOT_REPRESENTABLE;
    }

    private static long units(String letters) {
        var bytes = ("x" + letters + "y").getBytes(StandardCharsets.US_ASCII);
        return AmountText.units(bytes, 1, bytes.length - 1);
    }
}
