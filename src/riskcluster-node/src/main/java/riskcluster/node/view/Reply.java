package riskcluster.node.view;

/** An answer, or why there is none. */
public sealed interface Reply<T> {

    /** The answer. */
    record Answered<T>(T value) implements Reply<T> {}

    /** No answer, and in one sentence what to do. */
    record Refused<T>(Why why, String message) implements Reply<T> {}

    /** Kinds of refusals. */
    enum Why {
        /** What was asked for is not there. */
        NOT_FOUND,
        /** The question itself cannot be answered. */
        INVALID,
        /** It took longer than is allowed. */
        TOO_LONG,
        /** The node cannot answer now. */
        UNAVAILABLE
    }

    static <T> Reply<T> of(T value) {
        return new Answered<>(value);
    }

    static <T> Reply<T> refused(Why why, String message) {
        return new Refused<>(why, message);
    }
}
