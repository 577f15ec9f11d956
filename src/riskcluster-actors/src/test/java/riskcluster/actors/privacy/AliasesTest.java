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
        var longest = "d".repeat(RecentDevices.ID_BYTES_MAX);
        var ids = List.of("7", "07", "d-1", "d-2", "", "d-3", "d-?", "d-š", "d-\u0130", "b7", longest, longest + "d");
        for (int i = 0; i < 5_000; i++) {
            int version = 1 + i / 100 % 2;
            var id = ids.get(random.nextInt(ids.size()));
            if (random.nextBoolean()) {
                assertThat(aliases.customer(pseudonyms, version, id)).isEqualTo(pseudonyms.customer(version, id));
            } else {
                assertThat(aliases.device(pseudonyms, version, id)).isEqualTo(pseudonyms.device(version, id));
            }
        }
    }

    @Test
    void aCustomerWhoIsAskedAgainIsTheSameText() {
        var aliases = new Aliases();
        var customer = aliases.customer(pseudonyms, 1, "7");

        assertThat(aliases.customer(pseudonyms, 1, new String("7"))).isSameAs(customer);
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
