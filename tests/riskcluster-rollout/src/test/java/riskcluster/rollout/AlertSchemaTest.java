package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.contracts.alert.Alert;

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
                .containsExactlyInAnyOrderElementsOf(
                        List.copyOf(SCHEMA.path("properties").properties()).stream()
                                .map(java.util.Map.Entry::getKey)
                                .toList());
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
                .isEqualTo(riskcluster.contracts.alert.TopicNames.of("transactions")
                        .alerts());
        assertThat(message.at("/headers/properties/ce_type/const").asText()).isEqualTo(Alert.TYPE);
        assertThat(message.at("/payload/$ref").asText()).isEqualTo("alert.v1.schema.json");
        // as the contract lists them
        assertThat(Project.each(message.at("/headers/required")).map(JsonNode::asText))
                .allMatch(header -> Project.text("docs/contract.md").contains("`" + header + "`"));
    }
}
