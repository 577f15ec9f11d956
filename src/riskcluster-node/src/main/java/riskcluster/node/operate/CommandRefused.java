package riskcluster.node.operate;

import riskcluster.node.operate.protocol.Ending;

/** A command that ends without having done what was asked, and in one sentence why. */
public final class CommandRefused extends RuntimeException {

    private final Ending ending;

    private CommandRefused(Ending ending, String sentence) {
        super(sentence);
        this.ending = ending;
    }

    /** What was asked cannot be done. */
    public static CommandRefused failed(String sentence) {
        return new CommandRefused(Ending.FAILED, sentence);
    }

    /** It was not asked in the right words. */
    public static CommandRefused misused(String sentence) {
        return new CommandRefused(Ending.USAGE, sentence);
    }

    /** It was asked, but has not come about in time. */
    public static CommandRefused late(String sentence) {
        return new CommandRefused(Ending.TIMEOUT, sentence);
    }

    Ending ending() {
        return ending;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
