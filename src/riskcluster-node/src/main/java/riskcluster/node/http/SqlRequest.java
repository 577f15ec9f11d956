package riskcluster.node.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** The body of a query: one JSON object with the text under {@code sql}. */
final class SqlRequest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SqlRequest() {}

    static Optional<String> read(byte[] body) {
        try {
            var tree = JSON.readTree(body);
            return Optional.ofNullable(tree)
                    .map(object -> object.get("sql"))
                    .filter(sql -> sql.isTextual() && !sql.textValue().isBlank())
                    .map(sql -> sql.textValue());
        } catch (IOException e) {
            return Optional.empty(); // whoever asked is told what to send
        }
    }
}
