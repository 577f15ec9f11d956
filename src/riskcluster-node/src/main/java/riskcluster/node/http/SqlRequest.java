package riskcluster.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * The body of a query: one JSON object with the text under {@code sql}, and the batch, if not the newest, under {@code at}.
 */
record SqlRequest(String sql, Optional<String> at) {

    static Optional<SqlRequest> read(byte[] body) {
        try {
            var tree = Optional.ofNullable(JsonBody.JSON.readTree(body));
            var at = tree.flatMap(object -> text(object, "at"));
            return tree.flatMap(object -> text(object, "sql")).map(sql -> new SqlRequest(sql, at));
        } catch (IOException e) {
            return Optional.empty(); // whoever asked is told what to send
        }
    }

    private static Optional<String> text(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(value -> value.isTextual() && !value.textValue().isBlank())
                .map(JsonNode::textValue);
    }
}
