package riskcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.privacy.Pseudonyms;

class PseudonymKeyTest {

    private static final byte[] ONE = "an old key that was written by hand\n".getBytes(StandardCharsets.UTF_8);
    private static final String TWO = "0f".repeat(32);

    @TempDir
    private Path folder;

    @Test
    void aFileWithOneKeyIsTheKeyOfTheVersionThatIsAskedFor() throws IOException {
        var file = Files.write(folder.resolve("key"), ONE);

        assertThat(PseudonymKey.read(file, 7).customer(7, "u1"))
                .isEqualTo(new Pseudonyms(Map.of(7, ONE)).customer(7, "u1"));
        assertThat(PseudonymKey.read(file, Set.of()).versions()).containsExactly(1);
        assertThatThrownBy(() -> PseudonymKey.read(file, Set.of(2, 1)))
                .hasMessageContaining("is one key, and policies name the versions [1, 2]");
    }

    @Test
    void aFileWithSeveralKeysMakesThePseudonymsOfTheFilesThatHadOneEach() throws IOException {
        var file = written("# the first one\n1 " + HexFormat.of().formatHex(ONE) + "\n\n  2\t"
                + TWO.toUpperCase(Locale.ROOT) + "\r\n");

        var keys = PseudonymKey.read(file, Set.of(1, 2));

        assertThat(keys.versions()).containsExactlyInAnyOrder(1, 2);
        assertThat(keys.customer(1, "u1")).isEqualTo(new Pseudonyms(Map.of(1, ONE)).customer(1, "u1"));
        assertThat(keys.device(2, "d1"))
                .isEqualTo(new Pseudonyms(Map.of(2, HexFormat.of().parseHex(TWO))).device(2, "d1"));
    }

    @Test
    void whatIsWrongIsNamedByItsLineAndNoKeyIsTold() throws IOException {
        refused("1 " + TWO + "\n1 " + TWO + "\n", "line 3: version 1 stands there twice");
        refused("3 " + TWO.substring(2) + "\n", "line 2: the key of version 3 has 31 bytes; allowed: at least 32");
        refused("0 " + TWO + "\n", "line 2: this is no version from 1 on and a key in hexadecimal digits");
        refused("1 " + TWO + "x\n", "line 2: this is no version");
        refused("# nothing\n", "hold none");
        refused("2 " + TWO + "\n", "have no key of the versions [1], which policies name; there are [2]");
        assertThatThrownBy(() -> PseudonymKey.read(Files.write(folder.resolve("short"), new byte[31]), 1))
                .hasMessageContaining("has 31 bytes; allowed: at least 32");
        assertThatThrownBy(() -> PseudonymKey.read(folder.resolve("nowhere"), 1))
                .hasMessageContaining("cannot be read");
    }

    private void refused(String lines, String why) throws IOException {
        var file = written(lines);
        assertThatThrownBy(() -> PseudonymKey.read(file, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("0f0f");
    }

    private Path written(String lines) throws IOException {
        return Files.writeString(folder.resolve("keys"), "riskcluster pseudonym keys\n" + lines);
    }
}
