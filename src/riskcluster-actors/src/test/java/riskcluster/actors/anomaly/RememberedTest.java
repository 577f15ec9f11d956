package riskcluster.actors.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import riskcluster.actors.score.NewerVersion;
import riskcluster.actors.score.Profile;
import riskcluster.actors.star.Standing;

/** What is remembered, at rest: a program from before reads what has no tempos, and what it wrote is read for ever. */
class RememberedTest {

    private static final Tempos TEMPOS = new Tempos(new Tempo(-3, 1, 2, 1.5, 0.5), new Tempo(7, 5, 10, 1, 0));

    /** Written by the first program that knew tempos. */
    private static final String VERSION_2 = "02"
            + "fffffffffffffffd" + "00000001" + "00000002" + "3ff8000000000000" + "3fe0000000000000"
            + "0000000000000007" + "00000005" + "0000000a" + "3ff0000000000000" + "0000000000000000"
            + "01000000";

    /** By the first program with the star: a customer of one decision, in Vietnam, in band LOW. */
    private static final String VERSION_3 = "03"
            + "fffffffffffffffd" + "00000001" + "00000002" + "3ff8000000000000" + "3fe0000000000000"
            + "0000000000000007" + "00000005" + "0000000a" + "3ff0000000000000" + "0000000000000000"
            + "00000001" + "00000000000003e8" + "01" + "564e" + "564e" + "01" + "00000001"
            + "01" + "0000000000000000" + "517d17ddf88500a0"
            + "01000000";

    @Test
    void withoutTemposItIsTheProfileAloneAsAnOlderProgramWroteIt() {
        assertThat(Remembered.NOTHING.encode()).isEqualTo(Profile.EMPTY.encode());
        assertThat(Remembered.decode(Profile.EMPTY.encode()).beside()).isEqualTo(Beside.NOTHING);
    }

    @Test
    void withTemposItIsReadAndWrittenAsItWas() {
        var bytes = HexFormat.of().parseHex(VERSION_2);
        assertThat(Remembered.decode(bytes).beside()).isEqualTo(new Beside(TEMPOS, Standing.NONE));
        assertThat(new Remembered(Profile.EMPTY, new Beside(TEMPOS, Standing.NONE)).encode())
                .isEqualTo(bytes);
    }

    @Test
    void withAStandingItIsReadAndWrittenAsItWas() {
        var bytes = HexFormat.of().parseHex(VERSION_3);
        var known = Remembered.decode(bytes);
        assertThat(known.beside().tempos()).isEqualTo(TEMPOS);
        assertThat(known.beside().standing().isKnown()).isTrue();
        assertThat(known.encode()).isEqualTo(bytes);
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Remembered.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bytesThatAreCutOffOrNewerAreRefused() {
        var bytes = HexFormat.of().parseHex(VERSION_2);
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Remembered.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        bytes[0] = 4;
        assertThatThrownBy(() -> Remembered.decode(bytes))
                .isInstanceOf(NewerVersion.class)
                .hasMessageContaining("version 4, allowed: 3 and older");
    }

    @Test
    void openWindowsAreReadAsTheyWereWritten() {
        var open = List.of(new Rush(0, "u1", "k1:ab", TEMPOS.fine()), new Rush(1, "khách", "", TEMPOS.coarse()));
        assertThat(Rushes.decode(ByteBuffer.wrap(Rushes.encode(open)))).isEqualTo(open);
    }
}
