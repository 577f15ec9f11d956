package riskcluster.node.operate.client;

import java.util.List;
import java.util.Optional;

/** Whoever types into a shell, a person or a script. */
interface Typist extends AutoCloseable {

    /** The words of the next line, or nothing where there is none any more. */
    Optional<List<String>> next();

    /** What Ctrl-C does until the next line is asked for. */
    void onInterrupt(Runnable act);

    @Override
    void close();
}
