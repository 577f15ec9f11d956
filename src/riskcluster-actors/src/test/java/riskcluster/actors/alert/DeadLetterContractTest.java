package riskcluster.actors.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeadLetterContractTest {

    private static final Path CONTRACT =
            Path.of(System.getProperty("riskcluster.root"), "contracts/topics/transactions.dlq.odcs.yaml");

    @Test
    void theContractNamesEveryHeaderThatADeadLetterMayHave() throws IOException {
        var named = Pattern.compile("(?m)^ +- name: (dq_\\w+)$")
                .matcher(Files.readString(CONTRACT))
                .results()
                .map(found -> found.group(1));

        assertThat(named)
                .containsExactlyInAnyOrder(
                        DeadLetter.REASON,
                        DeadLetter.DETAIL,
                        DeadLetter.TOPIC,
                        DeadLetter.PARTITION,
                        DeadLetter.OFFSET,
                        DeadLetter.VALUE_LENGTH,
                        DeadLetter.VALUE_SHA256,
                        DeadLetter.KEY_LENGTH,
                        DeadLetter.KEY_SHA256,
                        DeadLetter.HEADERS_DROPPED);
    }
}
