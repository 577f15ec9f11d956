package riskcluster.actors.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.CustomerVersion;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.table.StarKeys;

/** The versions of customers against a second implementation that looks at the whole log again and again. */
class RegistrarTest {

    private static final int RECORDS = 1_500;

    private final StarKeys keys = new StarKeys();

    /** How often a customer's pseudonym had changed, by decisions and by the keys of versions. */
    private final Map<Decision, Integer> changesAt = new IdentityHashMap<>();

    private final Map<Long, Integer> changesOf = new HashMap<>();
    private Kept kept = new Kept();
    private Registrar registrar = new Registrar(kept);

    /** Standings in a map. */
    private static final class Kept implements Registrar.Customers {
        private final Map<String, Standing> all = new HashMap<>();

        @Override
        public Standing standing(String userId) {
            return all.getOrDefault(userId, Standing.NONE);
        }

        @Override
        public void standing(String userId, Standing standing) {
            all.put(userId, standing);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void versionsAreThoseOfTheWholeLogHoweverOftenTheirOwnerChanges(long seed) {
        var log = Lives.random(seed, RECORDS);
        var random = new Random(seed);
        var followed = new ArrayList<Judged>();
        while (followed.size() < log.size()) {
            int to = Math.min(log.size(), followed.size() + 1 + random.nextInt(200));
            followed.addAll(registrar.follow(log.subList(followed.size(), to)));
            restart();
        }

        var expected = expected(log);
        var begun = begun(followed);
        assertThat(begun).isEqualTo(expected).hasSizeGreaterThan(10);
        assertThat(begun).extracting(CustomerVersion::key).doesNotHaveDuplicates();
        assertThat(begun)
                .filteredOn(version -> version.formerKey().isPresent())
                .as("five customers who change their names twice")
                .hasSize(10);
        for (var judged : followed) {
            if (judged.outcome() instanceof Outcome.Decided(var decision)) {
                assertThat(judged.customer().orElseThrow().versionKey())
                        .as("%s", judged.record().coordinates())
                        .isEqualTo(validAt(decision, expected));
            } else {
                assertThat(judged.customer()).isEmpty();
            }
        }
    }

    @Test
    void theNewestVersionsAreHeldAndWhatIsOlderBelongsToTheOldestOfThem() {
        var log = new ArrayList<Judged>();
        for (int i = 0; i < 3 * Standing.VERSIONS_HELD_MAX * Homes.TRANSACTIONS_MAX; i++) {
            var country = i / Homes.TRANSACTIONS_MAX % 2 == 0 ? "VN" : "DE";
            log.add(Lives.decided(i, "c", 1_000 + i, country, Band.LOW));
        }
        var begun = begun(registrar.follow(log));
        var late = registrar.follow(List.of(Lives.decided(log.size(), "c", 5, "VN", Band.LOW)));

        assertThat(begun).hasSizeGreaterThan(2 * Standing.VERSIONS_HELD_MAX);
        assertThat(late.getFirst().customer().orElseThrow().versionKey())
                .isEqualTo(begun.get(begun.size() - Standing.VERSIONS_HELD_MAX).key());
    }

    @Test
    void aChangeOfKeyBeginsAVersionThatLeadsToTheFormerNameAndTakesWhatIsLate() {
        var followed = registrar.follow(List.of(
                Lives.decided(0, "c", 1_000, 1, "VN", Band.HIGH),
                Lives.decided(1, "c", 3_000, 1, "VN", Band.CRITICAL),
                Lives.decided(2, "c", 2_000, 2, "US", Band.LOW),
                Lives.decided(3, "c", 1_500, 2, "US", Band.LOW),
                Lives.decided(4, "c", 4_000, 2, "US", Band.LOW)));
        var begun = begun(followed);

        assertThat(begun)
                .containsExactly(
                        new CustomerVersion(
                                keys.ofVersion("k1:c", 0), "k1:c", 1, 0, "VN", Band.HIGH, OptionalLong.empty()),
                        new CustomerVersion(
                                keys.ofVersion("k1:c", 3_000),
                                "k1:c",
                                2,
                                3_000,
                                "VN",
                                Band.CRITICAL,
                                OptionalLong.empty()),
                        new CustomerVersion(
                                keys.ofVersion("k2:c", 3_001),
                                "k2:c",
                                3,
                                3_001,
                                "VN",
                                Band.CRITICAL,
                                OptionalLong.of(keys.ofVersion("k1:c", 3_000))),
                        new CustomerVersion(
                                keys.ofVersion("k2:c", 4_000),
                                "k2:c",
                                4,
                                4_000,
                                "US",
                                Band.CRITICAL,
                                OptionalLong.empty()));
        assertThat(followed)
                .extracting(judged -> judged.customer().orElseThrow().versionKey())
                .containsExactly(
                        begun.get(0).key(),
                        begun.get(1).key(),
                        begun.get(2).key(),
                        begun.get(2).key(),
                        begun.get(3).key());
    }

    /** What is saved is all that the next owner has. */
    private void restart() {
        var again = new Kept();
        kept.all.forEach((customer, standing) -> {
            var bytes = ByteBuffer.allocate(standing.bytes());
            standing.put(bytes);
            assertThat(bytes.hasRemaining()).isFalse();
            again.standing(customer, Standing.take(bytes.flip()));
        });
        kept = again;
        registrar = new Registrar(kept);
    }

    private static List<CustomerVersion> begun(List<Judged> followed) {
        return followed.stream()
                .flatMap(judged -> judged.customer().stream())
                .flatMap(customer -> customer.begun().stream())
                .toList();
    }

    /** In the log's order; of each decision all that came before it is looked at again. */
    private List<CustomerVersion> expected(List<Judged> log) {
        var versions = new ArrayList<CustomerVersion>();
        var before = new HashMap<String, List<Decision>>();
        var newest = new HashMap<String, CustomerVersion>();
        for (var judged : log) {
            if (judged.outcome() instanceof Outcome.Decided(var decision)) {
                var user = decision.transaction().userId();
                var customer = decision.customerKey();
                var his = before.computeIfAbsent(user, absent -> new ArrayList<>());
                long from = his.stream().mapToLong(RegistrarTest::micros).max().stream()
                        .map(max -> Math.max(max + 1, micros(decision)))
                        .findFirst()
                        .orElse(0);
                his.add(decision);
                var last = newest.get(user);
                boolean renamed = last != null && !last.customerKey().equals(customer);
                int changes = (last == null ? 0 : changesOf.getOrDefault(last.key(), 0)) + (renamed ? 1 : 0);
                changesAt.put(decision, changes);
                from = last == null ? from : Math.max(from, last.validFromMicros() + 1);
                var home = home(his, last == null ? null : last.homeCountry());
                var worst =
                        his.stream().map(Decision::band).max(Band::compareTo).orElseThrow();
                if (last == null || renamed || worst != last.worstBand() || !Objects.equals(home, last.homeCountry())) {
                    var version = new CustomerVersion(
                            keys.ofVersion(customer, from),
                            customer,
                            last == null ? 1 : last.number() + 1,
                            from,
                            home,
                            worst,
                            renamed ? OptionalLong.of(last.key()) : OptionalLong.empty());
                    newest.put(user, version);
                    changesOf.put(version.key(), changes);
                    versions.add(version);
                }
            }
        }
        return versions;
    }

    private static @Nullable String home(List<Decision> his, @Nullable String before) {
        var countries = his.stream()
                .flatMap(decision -> Stream.ofNullable(decision.country()))
                .toList();
        var times = countries.subList(Math.max(0, countries.size() - Homes.TRANSACTIONS_MAX), countries.size()).stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        long most = times.values().stream().mapToLong(Long::longValue).max().orElse(0);
        if (before != null && times.getOrDefault(before, 0L) == most) {
            return before;
        }
        return times.keySet().stream()
                .filter(country -> times.getOrDefault(country, 0L) == most)
                .findFirst()
                .orElse(null);
    }

    /** Over all versions since his name changed, those that began later too: none of them is ever valid then. */
    private long validAt(Decision decision, List<CustomerVersion> versions) {
        var his = versions.stream()
                .filter(version -> version.customerKey().equals(decision.customerKey()))
                .filter(version -> Objects.equals(changesOf.get(version.key()), changesAt.get(decision)))
                .toList();
        return his.stream()
                .filter(version -> version.validFromMicros() <= micros(decision))
                .reduce((earlier, later) -> later)
                .orElseGet(his::getFirst)
                .key();
    }

    private static long micros(Decision decision) {
        return decision.transaction().eventTimeMicros();
    }
}
