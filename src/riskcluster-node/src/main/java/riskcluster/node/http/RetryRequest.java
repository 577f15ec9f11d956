package riskcluster.node.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The body of a request to send a rejected record again: one JSON object with its coordinates under {@code source}. */
final class RetryRequest {

    private RetryRequest() {}

    static Optional<String> read(String body) {
        try {
            return Optional.ofNullable(JsonBody.JSON.readTree(body))
                    .map(tree -> tree.path("source"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // whoever asked is told what to send
        }
    }
}
