package riskcluster.node.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context of these files as they are now: a connection that is made after they were replaced has the new identity.
 * Connections that are open stay as they are. Files that cannot be used leave the last ones in force, with an error in
 * the log: half of a replacement is seen like that, and a wrong one must not cut the node off.
 */
public final class LiveContext implements Supplier<SSLContext> {

    private static final Logger LOG = LoggerFactory.getLogger(LiveContext.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final PemFiles files;
    private List<Stamp> stamps;
    private SSLContext context;
    private long lookedNanos = System.nanoTime();

    private record Stamp(FileTime changed, long bytes) {}

    /**
     * Reads them for the first time.
     *
     * @throws IllegalArgumentException where they cannot be used
     */
    public LiveContext(PemFiles files) {
        this.files = files;
        this.stamps = stamps();
        this.context = Pem.context(files);
    }

    @Override
    public synchronized SSLContext get() {
        if (System.nanoTime() - lookedNanos >= LOOK_EVERY_NANOS) {
            lookedNanos = System.nanoTime();
            look();
        }
        return context;
    }

    private void look() {
        var now = stamps();
        if (now.equals(stamps)) {
            return;
        }
        stamps = now;
        try {
            context = Pem.context(files);
            LOG.info("the identity in {} was replaced", files.certificate());
        } catch (IllegalArgumentException e) {
            LOG.error("{}; the one before stays in force", e.getMessage());
        }
    }

    private List<Stamp> stamps() {
        var all = new ArrayList<Stamp>();
        for (var file : files.all()) {
            try {
                all.add(new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
            } catch (IOException e) {
                all.add(new Stamp(FileTime.fromMillis(0), -1)); // away for a moment while it is replaced
            }
        }
        return all;
    }
}
