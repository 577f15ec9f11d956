package riskcluster.actors.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
                var customer = decision.customerKey();
                var his = before.computeIfAbsent(customer, absent -> new ArrayList<>());
                long from = his.stream().mapToLong(RegistrarTest::micros).max().stream()
                        .map(max -> Math.max(max + 1, micros(decision)))
                        .findFirst()
                        .orElse(0);
                his.add(decision);
                var last = newest.get(customer);
                from = last == null ? from : Math.max(from, last.validFromMicros() + 1);
                var home = home(his, last == null ? null : last.homeCountry());
                var worst =
                        his.stream().map(Decision::band).max(Band::compareTo).orElseThrow();
                if (last == null || worst != last.worstBand() || !Objects.equals(home, last.homeCountry())) {
                    var version = new CustomerVersion(
                            keys.ofVersion(customer, from),
                            customer,
                            last == null ? 1 : last.number() + 1,
                            from,
                            home,
                            worst);
                    newest.put(customer, version);
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

    /** Over all versions, those that began later too: none of them is ever valid then. */
    private static long validAt(Decision decision, List<CustomerVersion> versions) {
        return versions.stream()
                .filter(version -> version.customerKey().equals(decision.customerKey()))
                .filter(version -> version.validFromMicros() <= micros(decision))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .key();
    }

    private static long micros(Decision decision) {
        return decision.transaction().eventTimeMicros();
    }
}
