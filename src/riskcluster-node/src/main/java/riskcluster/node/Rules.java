package riskcluster.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.policy.PolicyReading;

/** The rules that a node was told to decide by. */
public final class Rules {

    private static final Set<String> BUNDLED = Set.of("default", "card-terminals");

    private Rules() {}

    /**
     * Reads a rule file, or the bundled rules of that name.
     *
     * @throws IllegalArgumentException with file, line, reason and what is allowed
     */
    public static Policy read(String rules) {
        if (BUNDLED.contains(rules) && !Files.exists(Path.of(rules))) {
            return PolicyFile.bundled(rules);
        }
        return switch (PolicyFile.read(Path.of(rules))) {
            case PolicyReading.Ready(var policy) -> policy;
            case PolicyReading.Refused refused -> throw new IllegalArgumentException(refused.message());
        };
    }
}
