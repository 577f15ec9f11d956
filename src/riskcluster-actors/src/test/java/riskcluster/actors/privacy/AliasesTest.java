package riskcluster.actors.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AliasesTest {

    private final Pseudonyms pseudonyms = new Pseudonyms(Map.of(1, key(1), 2, key(2)));

    @Test
    void whateverIsAskedInWhateverOrderItIsWhatThePseudonymsSay() {
        var random = new Random(7);
        var aliases = new Aliases();
        var ids = List.of("7", "07", "d-1", "d-2", "");
        for (int i = 0; i < 500; i++) {
            int version = 1 + random.nextInt(2);
            var id = ids.get(random.nextInt(ids.size()));
            if (random.nextBoolean()) {
                assertThat(aliases.customer(pseudonyms, version, id)).isEqualTo(pseudonyms.customer(version, id));
            } else {
                assertThat(aliases.device(pseudonyms, version, id)).isEqualTo(pseudonyms.device(version, id));
            }
        }
    }

    @Test
    void whatIsAskedAgainIsTheSameText() {
        var aliases = new Aliases();
        var customer = aliases.customer(pseudonyms, 1, "7");
        var device = aliases.device(pseudonyms, 1, "d");

        assertThat(aliases.customer(pseudonyms, 1, new String("7"))).isSameAs(customer);
        assertThat(aliases.device(pseudonyms, 1, new String("d"))).isSameAs(device);
    }

    @Test
    void whatIsNotRememberedIsTheSame() {
        assertThat(Aliases.UNREMEMBERED.customer(pseudonyms, 2, "7")).isEqualTo(pseudonyms.customer(2, "7"));
        assertThat(Aliases.UNREMEMBERED.device(pseudonyms, 2, "d")).isEqualTo(pseudonyms.device(2, "d"));
    }

    private static byte[] key(int version) {
        var key = new byte[Pseudonyms.KEY_BYTES_MIN];
        key[0] = (byte) version;
        return key;
    }
}
