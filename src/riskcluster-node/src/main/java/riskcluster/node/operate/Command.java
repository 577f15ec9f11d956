package riskcluster.node.operate;

import riskcluster.node.operate.protocol.CommandPage;

/** One command of a palette: the page that clients learn, and what it does. */
public record Command(CommandPage page, Work work) {

    /** What a command does; it runs on a virtual thread of its own and is interrupted when it is to end. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @throws CommandRefused where it cannot be done, with the reason
         * @throws InterruptedException where it was cancelled, or took too long
         */
        void run(Arguments arguments, Answer answer) throws InterruptedException;
    }
}
