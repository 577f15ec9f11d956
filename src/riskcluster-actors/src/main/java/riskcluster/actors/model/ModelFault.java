package riskcluster.actors.model;

/** Leaves the reading of a model that cannot be used. */
final class ModelFault extends Exception {
    private final int line;
    private final int column;
    private final String allowed;

    /** With {@code line} and {@code column} from 1, or 0 where the fault has no place. */
    ModelFault(int line, int column, String reason, String allowed) {
        super(reason, null, false, false);
        this.line = line;
        this.column = column;
        this.allowed = allowed;
    }

    ModelReading.Refused refused() {
        return new ModelReading.Refused(line, column, String.valueOf(getMessage()), allowed);
    }
}
