package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DistinctTest {

    @Test
    void upToTheLimitEveryIdIsCountedOnce() {
        Distinct ids = Distinct.NONE.plus(ids(0, 700)).plus(ids(300, 1_024));

        assertThat(ids.isExact()).isTrue();
        assertThat(ids.count()).isEqualTo(1_024);
        assertThat(ids.plus(ids(0, 1_024)).count()).isEqualTo(1_024);
    }

    @Test
    void aboveTheLimitTheEstimateStaysWithinFourStandardErrors() {
        for (int count : new int[] {1_025, 5_000, 100_000}) {
            Distinct ids = Distinct.NONE.plus(ids(0, count));

            assertThat(ids.isExact()).isFalse();
            assertThat((double) ids.count()).isCloseTo(count, within(0.068 * count));
        }
    }

    @Test
    void theCountDoesNotDependOnTheOrderOrThePortions() {
        Distinct once = Distinct.NONE.plus(ids(0, 20_000));
        Distinct inPortions = Distinct.NONE;
        for (int from = 19_000; from >= 0; from -= 1_000) {
            inPortions = inPortions.plus(ids(from, from + 1_500 > 20_000 ? 20_000 : from + 1_500));
        }

        assertThat(inPortions.count()).isEqualTo(once.count());
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (int count : new int[] {0, 1, 1_024, 3_000}) {
            Distinct ids = Distinct.NONE.plus(ids(0, count));
            var out = new ByteSink(16);
            ids.write(out);

            Distinct read = Distinct.read(new ByteSource(ByteBuffer.wrap(out.bytes())));

            assertThat(read.count()).isEqualTo(ids.count());
            assertThat(read.isExact()).isEqualTo(ids.isExact());
            assertThat(read.plus(ids(count, 5_000)).count())
                    .isEqualTo(Distinct.NONE.plus(ids(0, 5_000)).count());
        }
    }

    private static long[] ids(int from, int to) {
        return LongStream.range(from, to).map(IdHash::mix).sorted().toArray();
    }
}
