package riskcluster.actors.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

    @Test
    void aPseudonymIsTheHmacSha256OfThePrefixedIdSeed1() throws GeneralSecurityException {
        var dice = new Random(1);
        for (int i = 0; i < 500; i++) {
            var key = new byte[32 + dice.nextInt(100)];
            dice.nextBytes(key);
            var id = "số " + dice.nextLong() + "x".repeat(dice.nextInt(200));
            var pseudonyms = new Pseudonyms(Map.of(3, key));

            assertThat(pseudonyms.customer(3, id)).isEqualTo("k3:" + oracle(key, "customer:" + id));
            assertThat(pseudonyms.customer(3, id)).isEqualTo("k3:" + oracle(key, "customer:" + id));
            assertThat(pseudonyms.device(3, id)).isEqualTo("k3:" + oracle(key, "device:" + id));
        }
    }

    @Test
    void eachVersionHasItsOwnKey() {
        var pseudonyms =
                new Pseudonyms(Map.of(1, new byte[32], 2, "k".repeat(32).getBytes(StandardCharsets.UTF_8)));

        assertThat(pseudonyms.customer(1, "a").substring(3))
                .isNotEqualTo(pseudonyms.customer(2, "a").substring(3));
        assertThat(pseudonyms.has(2)).isTrue();
        assertThat(pseudonyms.has(3)).isFalse();
        assertThatThrownBy(() -> pseudonyms.customer(3, "a")).hasMessageContaining("no version 3");
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new Pseudonyms(Map.of(1, new byte[31])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes");
    }

    private static String oracle(byte[] key, String message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    }
}
