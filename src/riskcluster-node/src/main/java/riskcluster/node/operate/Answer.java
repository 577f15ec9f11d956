package riskcluster.node.operate;

import java.util.List;
import java.util.function.Supplier;
import riskcluster.node.operate.protocol.Ending;

/** Where a command's output goes: to a person as lines, or to a program as JSON. */
public interface Answer {

    /** The whole answer of a command that ends, in both forms; only the one that was asked for is made. */
    void show(Object view, Supplier<List<String>> lines);

    /** One more piece of an endless answer: a line for people, or JSON on one line. */
    void follow(Object view, Supplier<String> line);

    /** Who asked, as the record of changes names him. */
    String asker();

    /** Shows the other side that the command lives. */
    void live();

    /** How the command ends if nothing goes wrong; {@link Ending#FINE} where it does not say. */
    void end(Ending ending);
}
