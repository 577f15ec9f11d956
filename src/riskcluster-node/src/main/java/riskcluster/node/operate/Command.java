package riskcluster.node.operate;

import riskcluster.node.guard.Role;
import riskcluster.node.operate.protocol.CommandPage;

/**
 * One command of a palette: the page that clients learn, and what it does.
 *
 * @param role who may run it
 */
public record Command(CommandPage page, Work work, Role role) {

    /** A command that everybody may run if it only looks, and that is for those who may do everything if it acts. */
    public Command(CommandPage page, Work work) {
        this(page, work, page.changes() ? Role.ADMIN : Role.VIEWER);
    }

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
