package riskcluster.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import riskcluster.node.operate.client.OperatorClient;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;

/**
 * Asks a node's operators' interface for answers that a program looks at.
 *
 * @param answerMax until an answer
 */
record OperatorQuestions(OperatorAddress address, Duration answerMax) {

    /**
     * The answer to a command that looks, also where it finds something wrong.
     *
     * @throws CommandFailed where there is none
     */
    JsonNode apply(List<String> words) {
        var lines = new StringBuilder();
        try (var client = OperatorClient.connect(address)) {
            var end = client.run(
                    words, true, answerMax, line -> lines.append(line).append('\n'));
            if (lines.isEmpty()) {
                throw new CommandFailed(end.ending() == Ending.TIMEOUT ? Exit.TIMEOUT : Exit.UNWELL, end.message());
            }
            return NodeClient.JSON.readTree(lines.toString());
        } catch (JsonProcessingException e) {
            throw new CommandFailed(Exit.UNREACHABLE, "what answers at " + address + " is no RiskCluster node", e);
        }
    }
}
