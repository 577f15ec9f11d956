package riskcluster.contracts.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionTest {

    @Test
    void amountTextIsThePlainDecimalSeed7() {
        var dice = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long units = dice.nextLong(1_000_000_000_000_000_000L) >>> dice.nextInt(60);
            var plain = BigDecimal.valueOf(units, 4).stripTrailingZeros().toPlainString();
            assertThat(Transaction.amountText(units)).isEqualTo(plain);
        }
        assertThat(Transaction.amountText(0)).isEqualTo("0");
        assertThat(Transaction.amountText(1)).isEqualTo("0.0001");
        assertThat(Transaction.amountText(50_000_000)).isEqualTo("5000");
    }
}
