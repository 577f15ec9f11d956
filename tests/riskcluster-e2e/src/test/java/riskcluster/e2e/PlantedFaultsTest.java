package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import riskcluster.node.fault.PlantedChild;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.plant.Plant;

/** Real nodes that each make one mistake: a judge that never finds anything would prove nothing. */
class PlantedFaultsTest {

    private static final int RECORDS = 1_500;
    private static final int CUSTOMERS = 300;
    private static final int PUNCTUAL_CUSTOMERS = 20;
    private static final int VIOLATIONS = 1;

    private static final Duration THROUGH_MAX = Duration.ofSeconds(120);

    private static OneMachine machine;
    private static Path home;

    @BeforeAll
    static void produce(@TempDir Path folder) throws Exception {
        home = folder;
        machine = OneMachine.start(folder, 2);
        machine.send(
                new Generator(
                        GeneratorSettings.usual(19)
                                .withCustomers(CUSTOMERS)
                                .withAlertShare(0.1)
                                .withBadShare(0.02)
                                .withDuplicateShare(0.02),
                        EventClock.endingAt(Instant.parse("2025-03-01T00:00:00Z"), CUSTOMERS, RECORDS)),
                RECORDS);
        sendPunctualCustomers();
    }

    @AfterAll
    static void stop() throws IOException {
        machine.close();
    }

    /** Who pays twice, half an hour apart to the microsecond, has the first payment just outside the window. */
    private static void sendPunctualCustomers() {
        try (var producer = machine.producer()) {
            for (int customer = 0; customer < PUNCTUAL_CUSTOMERS; customer++) {
                var user = "punctual-" + customer;
                for (var time : List.of("2025-03-01T12:00:00Z", "2025-03-01T12:30:00Z")) {
                    var value = """
                        {"transaction_id":"%s","user_id":"%s","amount":12.5,"timestamp":"%s"}\
                        """.formatted(time, user, time);
                    producer.send(new ProducerRecord<>("transactions", bytes(user), bytes(value)));
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOUBLED_COMMIT", "SWAPPED_OFFSET"})
    void theJudgeNamesWhatAPlantedMistakeBreaks(Plant plant) throws Exception {
        var cluster = machine.apart("planted_" + plant.name().toLowerCase(Locale.ROOT));

        try (var node = plant.start(cluster.config())) {
            cluster.awaitDrained(node);
        }

        checkNamed(plant, cluster);
    }

    @ParameterizedTest
    @EnumSource(names = {"SKIPPED_ROW", "ALERT_BEFORE_CURSOR", "WINDOW_OFF_BY_ONE"})
    void theJudgeNamesWhatAMistakeOfAProcessBreaks(Plant plant) throws Exception {
        var cluster = machine.apart("planted_" + plant.name().toLowerCase(Locale.ROOT));

        try (var node = PlantedChild.start(home, cluster.config(), plant)) {
            node.awaitSaved(cluster.config(), THROUGH_MAX);
            node.stop();
        }

        checkNamed(plant, cluster);
    }

    private static void checkNamed(Plant plant, OneMachine cluster) throws IOException {
        var answer = cluster.judgedInJson();
        assertThat(answer.status()).as(answer.text()).isEqualTo(VIOLATIONS);
        var violated = violated(answer.text());
        assertThat(violated).as(answer.text()).containsAll(plant.checks());
        violated.removeAll(plant.consequences());
        assertThat(violated).as(answer.text()).hasSameElementsAs(plant.checks());
    }

    /** The names of the checks that did not hold. */
    private static List<String> violated(String json) throws JsonProcessingException {
        var violated = new ArrayList<String>();
        for (var check : new ObjectMapper().readTree(json).path("checks")) {
            if (check.path("violations").asLong() > 0) {
                violated.add(check.path("name").asText());
            }
        }
        return violated;
    }
}
