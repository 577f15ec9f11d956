package riskcluster.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import riskcluster.programs.Program;

/**
 * What the judge has said.
 *
 * @param status of its process
 * @param text all of it
 * @param took how long it looked
 */
record Verdict(int status, String text, JsonNode read, Duration took) {

    /** The judge's status where Kafka, Postgres or the store did not answer it. */
    private static final int UNREACHABLE = 3;

    static Verdict of(Program.Answer answer, Duration took) {
        int begin = answer.text().indexOf('{');
        return new Verdict(
                answer.status(),
                answer.text(),
                read(begin < 0 ? "{}" : answer.text().substring(begin)),
                took);
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException unreadable) {
            return new ObjectMapper().createObjectNode(); // its status has told already that it did not go well
        }
    }

    /** Whether it could look at all. */
    boolean hasLooked() {
        return status != UNREACHABLE;
    }

    /** How many checks it made. */
    int checks() {
        return read.path("checks").size();
    }

    /** How many records of the input it saw. */
    long records() {
        return read.path("facts").path("input records").asLong(-1);
    }

    /** How often a check did not hold; -1 where it was not made. */
    long violations(String name) {
        for (var check : read.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("violations").asLong();
            }
        }
        return -1;
    }

    /** All that is wrong; nothing where the status is fine. */
    List<String> findings(String when) {
        if (status == 0) {
            return List.of();
        }
        var findings = new ArrayList<>(List.of(when + ": the judge ends with status " + status));
        read.path("checks").forEach(check -> {
            if (check.path("violations").asLong() > 0) {
                findings.add(when + ": " + check.path("name").asText() + ": "
                        + check.path("violations").asLong() + " wrong, " + check.path("offenders"));
            }
        });
        return findings;
    }

    /** For a person. */
    String line() {
        return read.path("verdict").asText("said nothing that can be read") + ", " + checks() + " checks, " + records()
                + " records, " + took.toMillis() + " ms";
    }
}
