package riskcluster.node.cli;

import picocli.CommandLine.Option;
import riskcluster.node.terminal.Screen;

/** The option that says yes before one is asked. */
final class Yes {

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean given;

    /** Whether it is given or a person says it; who does not is told what did not happen. */
    boolean to(String question, Screen screen, String otherwise) {
        boolean agreed = given || Consent.asked(screen, question);
        if (!agreed) {
            screen.out().println(otherwise);
        }
        return agreed;
    }
}
