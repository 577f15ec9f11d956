package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CorrectionTest {

    private static final long MINUTE = 60_000_000;

    /** Twelve minutes into an hour. */
    private static final long MICROS = 1_522_540_800_000_000L + 12 * MINUTE;

    private static final long HOUR_START = MICROS - 12 * MINUTE;

    @Test
    void aRecordWithinSevenDaysCountsInAllOfItsWindows() {
        assertThat(Correction.mask(Cube.MERCHANT, MICROS, MICROS + Correction.PERIOD_MICROS))
                .isEqualTo(Correction.ALL);
        assertThat(Correction.mask(Cube.COUNTRY, MICROS, Long.MIN_VALUE)).isEqualTo(Correction.ALL);
    }

    @Test
    void aWindowTakesRecordsUntilSevenDaysAfterItsEndAndNoLonger() {
        long hourClosed = HOUR_START + 60 * MINUTE + Correction.PERIOD_MICROS;

        assertThat(Correction.mask(Cube.PAYMENT_METHOD, MICROS, hourClosed))
                .isEqualTo(WindowedTable.PLATFORM_1H.bit(0));
        assertThat(Correction.mask(Cube.PAYMENT_METHOD, MICROS, hourClosed + 1)).isZero();
        assertThat(Correction.mask(Cube.USER, MICROS, hourClosed)).isEqualTo(Correction.ALL);
        assertThat(Correction.mask(Cube.USER, MICROS, hourClosed + 1)).isZero();
    }

    @Test
    void ofSlidingWindowsTheEarlierOnesCloseFirst() {
        long firstClosed = HOUR_START + 15 * MINUTE + Correction.PERIOD_MICROS + 1;

        assertThat(Correction.mask(Cube.MERCHANT, MICROS, firstClosed))
                .isEqualTo(WindowedTable.MERCHANT_10M.bit(0)
                        | WindowedTable.MERCHANT_15M.bit(0)
                        | WindowedTable.MERCHANT_15M.bit(1));
    }

    @Test
    void anInstantWhoseWindowsDoNotFitIntoALongIsLeftOut() {
        assertThat(Correction.mask(Cube.MERCHANT, Long.MIN_VALUE + 1, 0)).isZero();
        assertThat(Correction.mask(Cube.MERCHANT, Long.MAX_VALUE, Long.MAX_VALUE))
                .isZero();
    }
}
