package riskcluster.actors.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles that earlier programs left in Postgres: a file for each stays here and is read for ever. */
class ProfileVersionsTest {

    @ParameterizedTest
    @CsvSource({"v1-empty, 0, -1", "v1-three-entries, 3, 301", "v1-dropped, 0, 4"})
    void aProfileOfAnOlderProgramIsRead(String name, int entries, long lastOffset) throws IOException {
        var profile = Profile.decode(bytes(name));
        assertThat(profile.size()).isEqualTo(entries);
        assertThat(profile.lastOffset()).isEqualTo(lastOffset);
    }

    /** A version is read by one build before any build writes it, so that nodes of two builds can share a cluster. */
    @ParameterizedTest
    @ValueSource(strings = {"v1-empty", "v1-three-entries", "v1-dropped"})
    void aProfileOfTodayIsOneThatAnOlderProgramReads(String name) throws IOException {
        assertThat(Profile.decode(bytes(name)).encode()).isEqualTo(bytes(name));
    }

    @Test
    void aProfileOfANewerProgramIsRefusedAsSuch() throws IOException {
        var content = bytes("v1-three-entries");
        content[0] = 2;
        assertThatThrownBy(() -> Profile.decode(content))
                .isInstanceOf(NewerVersion.class)
                .hasMessageContaining("version 2, allowed: 1 and older");
    }

    private static byte[] bytes(String name) throws IOException {
        try (var in = ProfileVersionsTest.class.getResourceAsStream("/score/profiles/" + name + ".hex")) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }
}
