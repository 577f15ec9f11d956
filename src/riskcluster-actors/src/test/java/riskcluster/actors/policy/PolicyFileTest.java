package riskcluster.actors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.ledger.StoredPolicy;

class PolicyFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theBundledRulesAreThoseOfTheContract() {
        var policy = PolicyFile.bundled("default");

        assertThat(policy.rules())
                .extracting(rule -> rule.id() + " " + rule.points())
                .containsExactly(
                        "known_fraud 50",
                        "high_amount 30",
                        "velocity_30m 25",
                        "crypto_payment 20",
                        "high_risk_country 15",
                        "late_night 10",
                        "weekend 5");
        assertThat(policy.latenessMicros()).isEqualTo(3_600_000_000L);
        assertThat(policy.keyVersion()).isEqualTo(1);
    }

    @Test
    void aPolicyWithASchemaRegistryIsAnotherVersionAndIsReadAsItWasStored() {
        var without = PolicyFile.bundled("default");
        var with = without.withSchemaRegistry(true);

        assertThat(with.version()).isNotEqualTo(without.version());
        assertThat(Policy.of(with.stored())).isInstanceOfSatisfying(PolicyReading.Ready.class, ready -> {
            assertThat(ready.policy().schemaRegistry()).isTrue();
            assertThat(ready.policy().version()).isEqualTo(with.version());
        });
        assertThat(with.withSchemaRegistry(false).version()).isEqualTo(without.version());
    }

    @Test
    void bandsBeginWhereTheContractSays() {
        var policy = PolicyFile.bundled("default");

        assertThat(List.of(-5, 0, 9, 10, 24, 25, 49, 50, 74, 75, 155))
                .extracting(policy::band)
                .containsExactly(
                        Band.MINIMAL,
                        Band.MINIMAL,
                        Band.MINIMAL,
                        Band.LOW,
                        Band.LOW,
                        Band.MEDIUM,
                        Band.MEDIUM,
                        Band.HIGH,
                        Band.HIGH,
                        Band.CRITICAL,
                        Band.CRITICAL);
        assertThat(policy.alerts(Band.LOW)).isFalse();
        assertThat(policy.alerts(Band.MEDIUM)).isTrue();
        assertThat(policy.alerts(Band.CRITICAL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "card-terminals"})
    void whatIsStoredIsThePolicyItself(String name) {
        var policy = PolicyFile.bundled(name);

        var again = ready(Policy.of(policy.stored()));

        assertThat(again.version()).isEqualTo(policy.version()).matches("[0-9a-f]{64}");
        assertThat(again.stored()).isEqualTo(policy.stored());
        assertThat(again.rules()).isEqualTo(policy.rules());
    }

    /** A changed version here is a changed version for every user: change the semantic version, or nothing. */
    @Test
    void theVersionIsTheDigestOfSemanticVersionAndCanonicalContent() throws IOException {
        var policy = ready(read("{\"rules\": [], \"name\": \"n\\u00e9\"}"));

        assertThat(policy.stored().content()).isEqualTo("{\"name\":\"né\",\"rules\":[]}");
        // printf '1\n{"name":"né","rules":[]}' | sha256sum
        assertThat(policy.version()).isEqualTo(GOLDEN_VERSION);
    }

    private static final String GOLDEN_VERSION = "0e8521f89ef231bae77c90e3cb64d22bfa92f6315bc134a0eed961a84ea43484";

    @Test
    void formattingDoesNotChangeTheVersionAndContentDoes() throws IOException {
        var one = ready(read("{\"name\":\"a\",\"rules\":[{\"id\":\"r\",\"kind\":\"flag\",\"points\":50}]}"));
        var same = ready(
                read("{ \"rules\" : [ {\"points\" : 5e1, \"kind\":\"flag\",\n\"id\":\"r\" } ],\n\"name\":\"a\"}"));
        var other = ready(read("{\"name\":\"a\",\"rules\":[{\"id\":\"r\",\"kind\":\"flag\",\"points\":51}]}"));

        assertThat(same.version()).isEqualTo(one.version());
        assertThat(other.version()).isNotEqualTo(one.version());
    }

    @Test
    void anAlteredOrForeignPolicyIsRefused() {
        var stored = PolicyFile.bundled("default").stored();

        assertThat(Policy.of(new StoredPolicy("0".repeat(64), stored.content())))
                .isInstanceOf(PolicyReading.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                                                                    | :1:1: the text is empty
        []                                                                    | :1:1: the rule file is []
        {"name":"x"                                                           | not JSON
        {"name":"x","rules":[]} 1                                             | :1:25: something follows
        {"name":"x","name":"y","rules":[]}                                    | Duplicate field 'name'
        {"rules":[]}                                                          | :1:1: the rule file lacks the field "name"
        {"name":"x"}                                                          | :1:1: the rule file lacks the field "rules"
        {"name":7,"rules":[]}                                                 | :1:9: "name" is 7
        {"name":"x","rules":[],"ruels":[]}                                    | :1:32: the rule file has no field "ruels"
        {"name":"x","rules":[7]}                                              | :1:22: a rule is 7
        {"name":"x","rules":[{"id":"a","kind":"flag"}]}                       | lacks the field "points"
        {"name":"x","rules":[{"id":"a","kind":"flag","points":1.5}]}          | "points" is 1.5
        {"name":"x","rules":[{"id":"a","kind":"flag","points":"5"}]}          | "points" is "5"
        {"name":"x","rules":[{"id":"a","kind":"flag","points":5,"x":1}]}      | a rule has no field "x"
        {"name":"x","rules":[{"id":"a","kind":"flog","points":5}]}            | :1:39: there is no kind "flog"
        {"name":"x","rules":[{"id":"a","kind":"flag","points":5},{"id":"a","kind":"flag","points":5}]} | the id "a" stands twice
        {"name":"x","rules":[{"id":"a","kind":"amount_above","points":5,"threshold":"-1"}]}            | "threshold" is "-1"
        {"name":"x","rules":[{"id":"a","kind":"amount_above","points":5,"threshold":0.00001}]}         | "threshold" is 0.00001
        {"name":"x","rules":[{"id":"a","kind":"count_above","points":5,"threshold":5,"window":"2h"}]}  | there is no window "2h"; allowed: 30m, 1h, 1d, 7d, 30d
        {"name":"x","rules":[{"id":"a","kind":"country_in","points":5,"values":["UK"]}]}               | there is no country "UK"
        {"name":"x","rules":[{"id":"a","kind":"local_hour_in","points":5,"from":24,"to":5}]}           | "from" is 24
        {"name":"x","rules":[{"id":"a","kind":"local_day_in","points":5,"days":[0]}]}                  | "days" is 0
        {"name":"x","rules":[{"id":"a","kind":"amount_over_average","points":5,"window":"7d","factor":0,"min_count":1}]} | "factor" is 0
        {"name":"x","rules":[],"bands":{"LOW":10,"MEDIUM":25,"HIGH":20,"CRITICAL":75}}                 | HIGH begins at 20
        {"name":"x","rules":[],"bands":{"LOW":10}}                            | lacks the field "MEDIUM"
        {"name":"x","rules":[],"alert_from":"medium"}                         | there is no band "medium"
        {"name":"x","rules":[],"lateness":"1h"}                               | "1h" is no duration
        {"name":"x","rules":[],"lateness":"-PT1H"}                            | the lateness is -PT1H
        {"name":"x","rules":[],"country_zones":{"VN":"Asia/Saigoon"}}         | there is no time zone "Asia/Saigoon"
        {"name":"x","rules":[],"country_names":{"Vietnam":"Viet"}}            | there is no country "Viet"
        {"name":"x","rules":[],"amount_limits":{"JPY":1e400000000}}           | too long
        """)
    void aBadFileIsRefusedWithPlaceReasonAndWhatIsAllowed(String text, String expected) throws IOException {
        var refused = refused(read(text));

        assertThat(refused.message()).contains(expected).contains("; allowed: ").contains("rules.json");
        assertThat(refused.allowed()).isNotBlank();
    }

    @Test
    void theLineIsCountedInTheFile() throws IOException {
        var refused = refused(read("{\n  \"name\": \"x\",\n  \"rules\": [],\n  \"alert_from\": 5\n}"));

        assertThat(refused.line()).isEqualTo(4);
        assertThat(refused.column()).isEqualTo(17);
    }

    @Test
    void aFileThatIsNotThereOrNoUtf8IsRefused() throws IOException {
        assertThat(refused(PolicyFile.read(folder.resolve("none.json"))).message())
                .contains("cannot be read");
        Files.write(folder.resolve("rules.json"), new byte[] {'{', (byte) 0xFF, '}'});
        assertThat(refused(PolicyFile.read(folder.resolve("rules.json"))).message())
                .contains("not UTF-8");
    }

    @Test
    void countriesAreKnownByCodeAndNameInAnyCase() {
        var policy = PolicyFile.bundled("default");

        assertThat(policy.place(" Đà Nẵng , vn\t")).isEqualTo(new Place("Đà Nẵng", "VN"));
        assertThat(policy.place("a, b, IRAN")).isEqualTo(new Place("a, b", "IR"));
        assertThat(policy.place(",United Kingdom")).isEqualTo(new Place("", "GB"));
        assertThat(policy.place("Poseidonis, Atlantis")).isEqualTo(new Place("Poseidonis", null));
        assertThat(policy.place("Iran")).isEqualTo(new Place("Iran", null));
        assertThat(policy.place(null)).isEqualTo(new Place(null, null));
    }

    @Test
    void aCountryHasAZoneOnlyWhereTheFileGivesItOne() throws IOException {
        var plain = PolicyFile.bundled("default");
        var zoned = ready(read("""
            {"name": "zoned", "rules": [], "country_zones": {"VN": "Asia/Ho_Chi_Minh"}}\
            """));

        assertThat(plain.zone("VN")).isEmpty();
        assertThat(zoned.zone("VN")).contains(ZoneId.of("Asia/Ho_Chi_Minh").getRules());
        assertThat(zoned.zone("FR")).isEmpty();
        assertThat(zoned.zone(null)).isEmpty();
    }

    private PolicyReading read(String text) throws IOException {
        return PolicyFile.read(Files.writeString(folder.resolve("rules.json"), text));
    }

    private static Policy ready(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.Ready(var policy) -> policy;
            case PolicyReading.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    private static PolicyReading.Refused refused(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.Ready(var policy) -> throw new AssertionError("not refused: " + policy);
            case PolicyReading.Refused refused -> refused;
        };
    }
}
