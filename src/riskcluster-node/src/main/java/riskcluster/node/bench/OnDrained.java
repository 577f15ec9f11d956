package riskcluster.node.bench;

import java.io.IOException;
import java.util.List;

/** A command of whoever measures that looks at what was drained, while its servers run. */
final class OnDrained {

    private OnDrained() {}

    /**
     * Runs it by the shell, with addresses and names in its environment: {@code KAFKA}, {@code POSTGRES}, {@code KEY_FILE},
     * {@code CLUSTER}, {@code ALERTS} and {@code DLQ}; it says what it says where this process does.
     *
     * @param command none where it is empty
     * @throws IllegalStateException where it ends with another status than 0
     */
    static void run(Setting setting, String command) throws IOException, InterruptedException {
        if (command.isEmpty()) {
            return;
        }
        var config = setting.config();
        var shell = new ProcessBuilder(List.of("sh", "-c", command)).inheritIO();
        var told = shell.environment();
        told.put("KAFKA", config.kafkaBootstrap());
        told.put("POSTGRES", config.jdbcUrl().substring("jdbc:".length()));
        told.put("KEY_FILE", config.pseudonymKey().toString());
        told.put("CLUSTER", config.cluster());
        told.put("ALERTS", config.topics().alerts());
        told.put("DLQ", config.topics().deadLetters());
        int status = shell.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("what was to look at the drained tables ended with status " + status);
        }
    }
}
