package riskcluster.actors.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import riskcluster.actors.policy.Window;

class ProfileTest {

    private record Kept(Profile profile, byte[] content) {}

    @Test
    void olderProfilesNeverChangeWhateverTheirSuccessorsDoSeed8() {
        var dice = new Random(8);
        var kept = new ArrayList<Kept>(List.of(new Kept(Profile.EMPTY, Profile.EMPTY.encode())));
        for (int i = 0; i < 20_000; i++) {
            // Mostly the newest, so that profiles grow; now and then an old one gets a second successor.
            int from = dice.nextInt(4) == 0 ? dice.nextInt(kept.size()) : kept.size() - 1;
            var parent = kept.get(from);
            var child = grown(parent.profile(), dice, i);
            assertThat(parent.profile().encode()).isEqualTo(parent.content());
            kept.add(new Kept(child, child.encode()));
            if (kept.size() > 300) {
                kept.remove(dice.nextInt(kept.size() - 1));
            }
        }
        assertThat(kept).allSatisfy(one -> assertThat(one.profile().encode()).isEqualTo(one.content()));
    }

    @Test
    void aPlaceGivesBackWhatWasPutThereLastSeed6() {
        var dice = new Random(6);
        var place = new ProfilePlace();
        assertThat(place.profile().encode()).isEqualTo(Profile.EMPTY.encode());
        var profile = Profile.EMPTY;
        for (int i = 0; i < 5_000; i++) {
            var before = new Kept(place.profile(), profile.encode());
            profile = dice.nextInt(100) == 0 ? profile(dice.nextInt(20)) : grown(profile, dice, i);
            place.put(profile);
            assertThat(place.profile().encode()).isEqualTo(profile.encode());
            assertThat(before.profile().encode()).isEqualTo(before.content());
        }
    }

    @Test
    void twoSuccessorsOfOneProfileNeverClash() {
        var parent = profile(9);

        var left = parent.with(IdHash.of("left"), Tries.NOON + Tries.DAY, 1, false, 100);
        var right = parent.with(IdHash.of("right"), Tries.NOON + Tries.DAY, 2, false, 100);

        assertThat(left.holds(IdHash.of("left"), Tries.NOON + Tries.DAY)).isTrue();
        assertThat(left.holds(IdHash.of("right"), Tries.NOON + Tries.DAY)).isFalse();
        assertThat(right.holds(IdHash.of("right"), Tries.NOON + Tries.DAY)).isTrue();
        assertThat(right.holds(IdHash.of("left"), Tries.NOON + Tries.DAY)).isFalse();
        assertThat(parent.size()).isEqualTo(9);
    }

    @Test
    void anotherThreadEncodesOldProfilesWhileScoringGoesOnSeed4() {
        var dice = new Random(4);
        var queue = new ConcurrentLinkedQueue<Kept>();
        var done = new AtomicBoolean();
        var reader = CompletableFuture.supplyAsync(() -> {
            int wrong = 0;
            while (!done.get() || !queue.isEmpty()) {
                var kept = queue.poll();
                if (kept == null) {
                    Thread.onSpinWait();
                } else if (!Arrays.equals(kept.profile().encode(), kept.content())) {
                    wrong++;
                }
            }
            return wrong;
        });
        var profile = Profile.EMPTY;
        for (int i = 0; i < 5_000; i++) {
            profile = grown(profile, dice, i);
            queue.add(new Kept(profile, profile.encode()));
        }
        done.set(true);

        assertThat(reader.join()).isZero();
    }

    @Test
    void whatIsDecodedIsWhatWasEncodedSeed6() {
        var dice = new Random(6);
        var profile = Profile.EMPTY;
        for (int i = 0; i < 6_000; i++) {
            profile = grown(profile, dice, i);
            if (i % 97 == 0 || i < 100) {
                var again = Profile.decode(profile.encode());
                assertThat(again.encode()).isEqualTo(profile.encode());
                assertThat(again.lastOffset()).isEqualTo(profile.lastOffset());
                assertThat(again.newestMicros()).isEqualTo(profile.newestMicros());
                assertThat(again.droppedMicros()).isEqualTo(profile.droppedMicros());
                assertThat(again.size()).isEqualTo(profile.size());
            }
        }
        assertThat(profile.size()).isEqualTo(Profile.ENTRIES_MAX);
    }

    /** Profiles at rest outlive the program: these bytes must be read for ever. */
    @Test
    void theFormAtRestIsTheGoldenBytes() {
        var profile = Profile.EMPTY
                .with(new IdHash(1, 2), Tries.NOON, 12_5000, false, 41)
                .with(new IdHash(3, 4), Tries.NOON + Tries.DAY, 999_999_999_999_999_999L, false, 300)
                .with(new IdHash(5, 6), Tries.NOON - 1, 7, true, 301);

        assertThat(HexFormat.of().formatHex(profile.encode())).isEqualTo(GOLDEN);
        assertThat(Profile.decode(HexFormat.of().parseHex(GOLDEN)).encode()).isEqualTo(profile.encode());
        assertThat(HexFormat.of().formatHex(Profile.EMPTY.encode())).isEqualTo("01000000");
    }

    private static final String GOLDEN = "01ae020300"
            + "fe9fccd1a7eda3060000000000000005000000000000000600"
            + "0100000000000000010000000000000002c9d007"
            + "80c0ddeec10200000000000000030000000000000004808090bbbad6adf00d";

    @Test
    void bytesThatAreNoProfileAreRefused() {
        var content = profile(3).encode();
        for (int length = 0; length < content.length; length++) {
            var cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> Profile.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Profile.decode(Arrays.copyOf(content, content.length + 1)))
                .hasMessageContaining("1 bytes follow");
        content[0] = 2;
        assertThatThrownBy(() -> Profile.decode(content)).hasMessageContaining("version 2");
    }

    @Test
    void theNewestEntriesAreHeldAndWhatWasDroppedIsRemembered() {
        var profile = profile(Profile.ENTRIES_MAX);
        assertThat(profile.droppedMicros()).isEqualTo(Long.MIN_VALUE);

        profile = with(profile, Tries.NOON + Profile.ENTRIES_MAX * Tries.MINUTE);
        profile = with(profile, Tries.NOON + 10);

        assertThat(profile.size()).isEqualTo(Profile.ENTRIES_MAX);
        assertThat(profile.droppedMicros()).isEqualTo(Tries.NOON + 10);
        assertThat(profile.isApproximate(Tries.NOON + 10 + 30 * Tries.DAY)).isFalse();
        assertThat(profile.isApproximate(Tries.NOON + 9 + 30 * Tries.DAY)).isTrue();
        assertThat(profile.totals(profile.newestMicros(), 1).count(Window.MONTH))
                .isEqualTo(Profile.ENTRIES_MAX + 1);
    }

    @Test
    void extremeTimesNeverOverflow() {
        long first = Long.MIN_VALUE + 1;
        var profile = Profile.EMPTY.with(IdHash.of("a"), first, 5, false, 0);
        profile = profile.with(IdHash.of("b"), Long.MAX_VALUE, 7, false, 1);

        assertThat(profile.holds(IdHash.of("a"), first + Tries.HOUR)).isTrue();
        assertThat(profile.holds(IdHash.of("a"), Long.MAX_VALUE)).isFalse();
        assertThat(profile.holds(IdHash.of("b"), Long.MAX_VALUE)).isTrue();
        assertThat(profile.holds(IdHash.of("b"), first)).isFalse();
        assertThat(profile.isLate(first, Tries.HOUR)).isTrue();
        assertThat(profile.totals(first, 1).count(Window.MONTH)).isEqualTo(2);
        assertThat(profile.totals(Long.MAX_VALUE, 1).count(Window.MONTH)).isEqualTo(2);
        assertThat(Profile.decode(profile.encode()).encode()).isEqualTo(profile.encode());
    }

    private static Profile profile(int size) {
        var profile = Profile.EMPTY;
        for (int i = 0; i < size; i++) {
            profile = with(profile, Tries.NOON + i * Tries.MINUTE);
        }
        return profile;
    }

    private static Profile with(Profile profile, long micros) {
        return profile.with(IdHash.of("t" + micros), micros, 10_000, false, profile.lastOffset() + 1);
    }

    private static Profile grown(Profile profile, Random dice, int offset) {
        long newest = profile.size() == 0 ? Tries.NOON : profile.newestMicros();
        boolean back = dice.nextInt(5) == 0;
        long micros = back ? newest - dice.nextLong(2 * Tries.HOUR) : newest + dice.nextLong(Tries.MINUTE);
        long units = dice.nextInt(500) == 0 ? dice.nextLong(1_000_000_000_000L) : dice.nextInt(1_000_000);
        return profile.with(IdHash.of("t" + offset), micros, units, profile.isLate(micros, Tries.HOUR), offset);
    }
}
