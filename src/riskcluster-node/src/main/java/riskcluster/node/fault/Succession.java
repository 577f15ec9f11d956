package riskcluster.node.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import riskcluster.node.NodeConfig;

/** The nodes of one cluster, one after the other: while one works, the process of the next one is made ready. */
final class Succession implements AutoCloseable {

    private final Path folder;
    private final ChildPath path;
    private final NodeConfig config;
    private Child next;

    private Succession(Path folder, ChildPath path, NodeConfig config, Child next) {
        this.folder = folder;
        this.path = path;
        this.config = config;
        this.next = next;
    }

    /** Makes the first one ready. */
    static Succession of(Path folder, ChildPath path, NodeConfig config) throws IOException {
        return new Succession(folder, path, config, Child.prepare(folder, path, config));
    }

    /** Starts the next node, which dies at {@code aim} where there is one. Whoever asks ends it before he asks again. */
    Child begin(Optional<Aim> aim) throws IOException {
        var now = next.begin(aim);
        next = Child.prepare(folder, path, config);
        return now;
    }

    @Override
    public void close() {
        next.close();
    }
}
