package riskcluster.node.terminal;

/** The end of a command that cannot do what was asked: one sentence that says what to do, and the exit status. */
public final class CommandFailed extends RuntimeException {

    private final int status;

    public CommandFailed(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public CommandFailed(int status, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
