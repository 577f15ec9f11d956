package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.alert.Alert;
import riskcluster.contracts.alert.AnomalyAlert;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

/** What consumers are told of alerts, held to the very bytes that a node writes. */
class AlertSchemaTest {

    private static final JsonNode SCHEMA = Project.json("docs/alert.v1.schema.json");
    private static final String GOLDEN = "src/riskcluster-contracts/src/test/resources/alert/";

    @ParameterizedTest
    @ValueSource(strings = {"body.json", "body-of-absent.json"})
    void whatANodeWritesFitsAndEveryFieldIsTold(String golden) {
        var body = Project.json(GOLDEN + golden);

        assertThat(Project.violations(SCHEMA, VersionFlag.V202012, body)).isEmpty();
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(names(SCHEMA.path("properties")));
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsFound() {
        var body = (ObjectNode) Project.json(GOLDEN + "body.json");
        body.put("points", "40");
        body.remove("band");

        assertThat(Project.violations(SCHEMA, VersionFlag.V202012, body)).hasSize(2);
    }

    @Test
    void theAsyncApiDocumentTellsTopicTypeAndHeaders() {
        var document = Project.yaml(Project.text("docs/alerts.asyncapi.yaml")).getFirst();
        var message = document.at("/components/messages/alert");

        assertThat(document.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document.at("/channels/alerts/address").asText())
                .isEqualTo(TopicNames.of("transactions").alerts());
        assertThat(message.at("/headers/properties/ce_type/const").asText()).isEqualTo(Alert.TYPE);
        assertThat(message.at("/payload/$ref").asText()).isEqualTo("alert.v1.schema.json");
        // as the contract lists them
        assertThat(Project.each(message.at("/headers/required")).map(JsonNode::asText))
                .allMatch(header -> Project.text("docs/contract.md").contains("`" + header + "`"));
    }

    @Test
    void theSameHoldsForAnomalies() throws IOException {
        var schema = Project.json("docs/anomaly.v1.schema.json");
        var document = Project.yaml(Project.text("docs/alerts.asyncapi.yaml")).getFirst();
        var headers = document.at("/components/messages/anomaly/headers");
        var anomaly = new Anomaly("u1", "k1:0f", 60, 1_760_000_040_000_000L, 9, 12, 1.5, 0.5);
        var record = new LogRecord(new LogPartition("transactions", 3), 17, 0, null, null, List.of());

        var message = AnomalyAlert.of("riskcluster", record, anomaly);

        var body = new ObjectMapper().readTree(message.body());
        assertThat(Project.violations(schema, VersionFlag.V202012, body)).isEmpty();
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(names(schema.path("properties")));
        assertThat(message.headers())
                .extracting(Header::name)
                .containsExactlyInAnyOrderElementsOf(names(headers.path("properties")));
        assertThat(headers.at("/properties/ce_type/const").asText()).isEqualTo(AnomalyAlert.TYPE);
        assertThat(document.at("/channels/anomalies/address").asText())
                .isEqualTo(TopicNames.of("transactions").anomalyAlerts());
    }

    private static List<String> names(JsonNode properties) {
        return properties.properties().stream().map(Map.Entry::getKey).toList();
    }
}
