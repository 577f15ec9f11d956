package riskcluster.actors.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdHashTest {

    /** As other programs give them for MurmurHash3_x64_128 with seed 0, first half first. */
    @ParameterizedTest
    @CsvSource({
        "'', 00000000000000000000000000000000",
        "'a', 85555565f6597889e6b53a48510e895a",
        "'hello', cbd8a7b341bd9b025b1e906a48ae1d19",
        "'12345678', 3b4a640638b1419c913b0e676bd42557",
        "'123456789', 3c84645edb66cca499f8fac73a1ea105",
        "'123456789012345', 887001aea2afcfd61ec326364f0801b3",
        "'1234567890123456', 4fbe5dc5c0e32cf8c0c8e96b60c322c1",
        "'12345678901234567', 748617968026b77e291e6386473f7103",
        "'The quick brown fox jumps over the lazy dog', e34bbc7bbc071b6c7a433ca9c49a9347",
        "'Phở-24-số-một', 12f52104a07d18325d02609f43837f06"
    })
    void hashesAreThoseOfOtherPrograms(String id, String hash) {
        var found = IdHash.of(id);
        assertThat(String.format("%016x%016x", found.high(), found.low())).isEqualTo(hash);
    }

    @Test
    void aHundredThousandIdsHaveAsManyHashes() {
        var hashes = new HashSet<IdHash>();
        for (int i = 0; i < 100_000; i++) {
            hashes.add(IdHash.of("t-" + i));
        }
        assertThat(hashes).hasSize(100_000);
    }
}
