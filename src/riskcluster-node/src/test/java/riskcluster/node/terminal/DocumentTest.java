package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private static JsonNode tree(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void rowsOfAnObjectStandWhereTheyAreSaidToStand() throws JsonProcessingException {
        var answer = tree("""
            {"finished": true, "runs": [{"table": "a", "n": 1}, {"table": "b", "n": 2}]}\
            """);

        assertThat(Document.lines(answer, Rows.in("runs", "table"), OutputFormat.JSONL))
                .containsExactly("{\"table\":\"a\",\"n\":1}", "{\"table\":\"b\",\"n\":2}");
        assertThat(Document.lines(answer, Rows.in("runs", "table"), OutputFormat.NAME))
                .containsExactly("a", "b");
        assertThat(Document.lines(answer, Rows.in("runs", "table"), OutputFormat.YAML))
                .containsExactly("finished: true", "runs:", "- table: a", "  n: 1", "- table: b", "  n: 2");
    }

    @Test
    void textsThatLookLikeNumbersStayTextsInYaml() throws JsonProcessingException {
        assertThat(Document.lines(tree("{\"user_id\":\"7\",\"note\":null}"), Rows.PLAIN, OutputFormat.YAML))
                .containsExactly("user_id: '7'", "note: null");
    }

    @Test
    void aNodesAnswerOfWhichNothingIsKnownHasRowsToo() throws JsonProcessingException {
        var members = tree("{\"name\":\"c\",\"members\":[{\"status\":\"up\",\"address\":\"pekko://a\"}]}");
        var regions = tree("[\"partition\",\"watcher\"]");

        assertThat(Document.lines(members, Rows.guess(members), OutputFormat.NAME))
                .containsExactly("pekko://a");
        assertThat(Document.lines(regions, Rows.guess(regions), OutputFormat.NAME))
                .containsExactly("partition", "watcher");
        assertThat(Document.piece(tree("{\"event\":\"up\",\"address\":\"b\"}"), OutputFormat.YAML))
                .containsExactly("---", "event: up", "address: b");
    }

    @Test
    void whatWouldMoveTheCursorIsShownAsAMark() throws JsonProcessingException {
        assertThat(Document.lines(tree("[\"\\u001b[2J\"]"), Rows.PLAIN, OutputFormat.NAME))
                .containsExactly("\uFFFD[2J");
    }
}
