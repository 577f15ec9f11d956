package riskcluster.node.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 200_000;

    @Test
    void theFirstRecordsOfSeed42AreGolden() throws IOException {
        var generator = generator(GeneratorSettings.usual(42));

        var first = Stream.generate(generator::next).limit(20).map(GeneratorTest::line);

        try (var golden = GeneratorTest.class.getResourceAsStream("first-of-seed-42.jsonl")) {
            assertThat(first)
                    .containsExactlyElementsOf(new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }

    @Test
    void theSameSeedGivesTheSameRecordsAndAnotherSeedOthers() {
        assertThat(digest(7)).isEqualTo(digest(7)).isNotEqualTo(digest(8));
    }

    @Test
    void aboutOneInAHundredCleanRecordsRaisesAnAlertUnderTheDefaultRules() throws IOException {
        for (var customers : List.of(5_000, 50_000)) {
            var settings = GeneratorSettings.usual(1).clean().withCustomers(customers);

            assertThat(alertShare(settings)).as("%d customers", customers).isCloseTo(0.01, within(0.002));
        }
    }

    @Test
    void theShareOfAlertsIsASetting() throws IOException {
        assertThat(alertShare(GeneratorSettings.usual(2).clean().withAlertShare(0.05)))
                .isCloseTo(0.05, within(0.01));
        assertThat(alertShare(GeneratorSettings.usual(2).clean().withAlertShare(0)))
                .isLessThan(0.002);
    }

    @Test
    void everyScenarioHappensAndMostRecordsAreHonest() {
        var generator = generator(GeneratorSettings.usual(3));
        var counts = new EnumMap<Scenario, Integer>(Scenario.class);

        for (var i = 0; i < MANY; i++) {
            counts.merge(generator.next().scenario(), 1, Integer::sum);
        }

        assertThat(counts).containsOnlyKeys(Scenario.values());
        assertThat(counts.get(Scenario.NORMAL)).isGreaterThan(MANY * 97 / 100);
    }

    @Test
    void badAndRepeatedRecordsHaveTheirShares() {
        var generator = generator(GeneratorSettings.usual(4).withBadShare(0.05).withDuplicateShare(0.03));
        var bad = 0;
        var resent = 0;
        var seen = new HashSet<String>();

        for (var i = 0; i < MANY; i++) {
            var record = generator.next();
            bad += record.bad() ? 1 : 0;
            resent += record.resent() ? 1 : 0;
            assertThat(seen.add(record.transactionId())).isEqualTo(!record.resent());
        }

        assertThat(bad / (double) MANY).isCloseTo(0.05, within(0.003));
        assertThat(resent / (double) MANY).isCloseTo(0.03, within(0.003));
    }

    @Test
    void aLabelIsNeverSent() {
        var generator = generator(GeneratorSettings.usual(5).clean());
        var marked = 0;
        var frauds = 0;

        for (var i = 0; i < MANY; i++) {
            var record = generator.next();
            var value = new String(record.value(), StandardCharsets.US_ASCII);
            frauds += record.scenario().isFraud() ? 1 : 0;
            marked += value.contains("is_fraud") ? 1 : 0;
            assertThat(value).doesNotContain(record.scenario().label()).doesNotContain("\"is_fraud\":false");
        }

        assertThat(marked).as("marks that senders already have").isPositive().isLessThan(frauds / 20);
    }

    @Test
    void aFewCustomersMakeManyOfThePayments() throws IOException {
        var generator = generator(GeneratorSettings.usual(6).clean().withCustomers(10_000));
        var payments = new HashMap<String, Integer>();

        for (var i = 0; i < MANY; i++) {
            payments.merge(parse(generator.next()).get("user_id").textValue(), 1, Integer::sum);
        }

        var busiest =
                payments.values().stream().sorted((a, b) -> b - a).limit(100).mapToInt(n -> n);
        assertThat(busiest.sum() / (double) MANY).isCloseTo(0.2, within(0.03));
        assertThat(payments).hasSizeGreaterThan(9_000);
    }

    @Test
    void aTakenOverAccountShowsANewDeviceInAnotherCountry() throws IOException {
        var generator = generator(GeneratorSettings.usual(8).clean().withCustomers(500));
        Map<String, HashSet<String>> homes = new HashMap<>();
        Map<String, HashSet<String>> devices = new HashMap<>();
        var takeovers = 0;

        for (var i = 0; i < MANY; i++) {
            var record = generator.next();
            var json = parse(record);
            var user = json.get("user_id").textValue();
            var places = homes.computeIfAbsent(user, unused -> new HashSet<>());
            var known = devices.computeIfAbsent(user, unused -> new HashSet<>());
            if (record.scenario() == Scenario.ACCOUNT_TAKEOVER) {
                takeovers++;
                assertThat(places).doesNotContain(json.get("location").textValue());
                assertThat(known).doesNotContain(json.get("device_id").textValue());
            } else {
                places.add(json.get("location").textValue());
                known.add(json.get("device_id").textValue());
            }
        }

        assertThat(takeovers).isGreaterThan(100);
    }

    private static double alertShare(GeneratorSettings settings) throws IOException {
        var generator = generator(settings);
        var rules = new DefaultRules();
        var alerts = 0;
        for (var i = 0; i < MANY; i++) {
            alerts += rules.alerts(parse(generator.next())) ? 1 : 0;
        }
        return alerts / (double) MANY;
    }

    private static int digest(long seed) {
        var generator = generator(GeneratorSettings.usual(seed));
        var digest = 0;
        for (var i = 0; i < 10_000; i++) {
            digest = digest * 31 + Arrays.hashCode(generator.next().value());
        }
        return digest;
    }

    private static Generator generator(GeneratorSettings settings) {
        return new Generator(settings, EventClock.natural(EventClock.USUAL_START, settings.customers()));
    }

    private static JsonNode parse(Generated record) throws IOException {
        return JSON.readTree(record.value());
    }

    private static String line(Generated record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
