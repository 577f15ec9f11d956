package riskcluster.actors.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecentDevicesTest {

    private final RecentDevices devices = new RecentDevices();

    @Test
    void theLatestAreRemembered() {
        for (int i = 0; i < 2 * RecentDevices.DEVICES_MAX + 1; i++) {
            assertThat(devices.find("d-" + i)).isNegative();
            devices.add("d-" + i, digest(i));
        }

        for (int i = 0; i < RecentDevices.DEVICES_MAX; i++) {
            int kept = 2 * RecentDevices.DEVICES_MAX - i;
            int gone = RecentDevices.DEVICES_MAX - i;
            assertThat(found("d-" + kept)).isEqualTo(digest(kept));
            assertThat(devices.find("d-" + gone)).isNegative();
        }
    }

    @Test
    void aLongerIdTakesTheRoomOfShorterOnes() {
        devices.add("d", digest(1));
        devices.add("d-2", digest(2));
        devices.add("", digest(3));

        assertThat(devices.find("d")).isNegative();
        assertThat(found("d-2")).isEqualTo(digest(2));
        assertThat(found("")).isEqualTo(digest(3));
    }

    @Test
    void whatIsTooLongOrBeyondAsciiIsNotRemembered() {
        for (var id : new String[] {"x".repeat(RecentDevices.ID_BYTES_MAX + 1), "š", "\u0130", "\uD83D\uDE00"}) {
            devices.add(id, digest(1));
            assertThat(devices.find(id)).isNegative();
        }
        devices.add("a?", digest(2));
        assertThat(devices.find("aš")).isNegative();
    }

    @Test
    void nothingIsLeftOnceItIsCleared() {
        devices.add("d", digest(1));
        devices.clear();

        assertThat(devices.find("d")).isNegative();
    }

    private byte[] found(String device) {
        int from = devices.find(device);
        return Arrays.copyOfRange(devices.digests(), from, from + Hmac.DIGEST_BYTES);
    }

    private static byte[] digest(int seed) {
        var digest = new byte[Hmac.DIGEST_BYTES];
        Arrays.fill(digest, (byte) seed);
        return digest;
    }
}
