package riskcluster.node.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import scala.jdk.javaapi.DurationConverters;

/** The HTTP server of a node on a loopback port. */
public final class NodeHttp implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    /** Requests that are under way when the server stops get this long. */
    private static final Duration LAST_ANSWERS_MAX = Duration.ofSeconds(3);

    /** Longer than the longest query, so that its own limit answers first. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    private final ActorSystem system;
    private final ServerBinding binding;

    private NodeHttp(ActorSystem system, ServerBinding binding) {
        this.system = system;
        this.binding = binding;
    }

    /**
     * Starts to answer.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException where the port is taken
     */
    public static NodeHttp start(ClassicActorSystemProvider system, NodeApi api, int port) {
        try {
            var settings = ServerSettings.create(system.classicSystem());
            var timeouts = settings.getTimeouts().withRequestTimeout(DurationConverters.toScala(ANSWER_MAX));
            return new NodeHttp(
                    system.classicSystem(),
                    Http.get(system)
                            .newServerAt(LOOPBACK, port)
                            .withSettings(settings.withTimeouts(timeouts))
                            .bind(new NodeRoutes(api, true).routes())
                            .toCompletableFuture()
                            .join());
        } catch (CompletionException e) {
            throw new IllegalStateException("port " + port + " cannot be listened at: " + e.getMessage(), e);
        }
    }

    /** Where it listens, {@code http://host:port}. */
    public String address() {
        InetSocketAddress local = binding.localAddress();
        return "http://" + LOOPBACK + ":" + local.getPort();
    }

    @Override
    public void close() {
        // A system that has ended, because its node was told to leave, has taken the port with it.
        if (!system.whenTerminated().isCompleted()) {
            binding.terminate(LAST_ANSWERS_MAX).toCompletableFuture().join();
        }
    }
}
