package riskcluster.node.tls;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * The context of these files as they are now: a connection that is made after they were replaced has the new identity.
 * Connections that are open stay as they are.
 */
public final class LiveContext implements Supplier<SSLContext> {

    private final LiveFiles<SSLContext> context;

    /**
     * Reads them for the first time.
     *
     * @throws IllegalArgumentException where they cannot be used
     */
    public LiveContext(PemFiles files) {
        this.context = new LiveFiles<>(files.all(), () -> Pem.context(files));
    }

    @Override
    public SSLContext get() {
        return context.get();
    }
}
