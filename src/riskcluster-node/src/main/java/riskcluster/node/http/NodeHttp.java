package riskcluster.node.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import riskcluster.node.HostPort;
import riskcluster.node.guard.Guard;
import riskcluster.node.tls.Loopback;
import scala.jdk.javaapi.DurationConverters;

/** The HTTP server of a node. */
public final class NodeHttp implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    /** Requests that are under way when the server stops get this long. */
    private static final Duration LAST_ANSWERS_MAX = Duration.ofSeconds(3);

    /** Longer than the longest query, so that its own limit answers first. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    private final ActorSystem system;
    private final ServerBinding binding;
    private final String scheme;

    private NodeHttp(ActorSystem system, ServerBinding binding, String scheme) {
        this.system = system;
        this.binding = binding;
        this.scheme = scheme;
    }

    /**
     * Starts to answer on a loopback port, in the clear, to everybody.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException where the port is taken
     */
    public static NodeHttp start(ClassicActorSystemProvider system, NodeApi api, int port) {
        return start(system, api, new HostPort(LOOPBACK, port), Guard.open(), Optional.empty());
    }

    /**
     * Starts to answer.
     *
     * @param at port 0 for any free one
     * @param guard decides who may ask
     * @param tls its identity for each connection; without it, in the clear
     * @throws IllegalStateException where the port is taken
     */
    public static NodeHttp start(
            ClassicActorSystemProvider system,
            NodeApi api,
            HostPort at,
            Guard guard,
            Optional<? extends Supplier<SSLContext>> tls) {
        try {
            var settings = ServerSettings.create(system.classicSystem());
            var timeouts = settings.getTimeouts().withRequestTimeout(DurationConverters.toScala(ANSWER_MAX));
            // where everybody is let in, a page in somebody's browser must not be
            var routes = new NodeRoutes(api, guard.isOpen() && Loopback.is(at.host())).routes();
            var server = Http.get(system)
                    .newServerAt(at.host(), at.port())
                    .withSettings(settings.withTimeouts(timeouts).withRemoteAddressAttribute(true));
            var binding = tls.map(identity -> server.enableHttps(secure(identity)))
                    .orElse(server)
                    .bind(new Measured(api.requests()).around(new Gate(guard).around(routes)))
                    .toCompletableFuture()
                    .join();
            return new NodeHttp(system.classicSystem(), binding, tls.isPresent() ? "https" : "http");
        } catch (CompletionException e) {
            throw new IllegalStateException("port " + at.port() + " cannot be listened at: " + e.getMessage(), e);
        }
    }

    private static HttpsConnectionContext secure(Supplier<SSLContext> identity) {
        return ConnectionContext.httpsServer(() -> {
            var engine = identity.get().createSSLEngine();
            engine.setUseClientMode(false);
            return engine;
        });
    }

    /** Where it listens, {@code http://host:port} or {@code https://host:port}. */
    public String address() {
        InetSocketAddress local = binding.localAddress();
        var host = local.getAddress().getHostAddress();
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + local.getPort();
    }

    @Override
    public void close() {
        // A system that has ended, because its node was told to leave, has taken the port with it.
        if (!system.whenTerminated().isCompleted()) {
            binding.terminate(LAST_ANSWERS_MAX).toCompletableFuture().join();
        }
    }
}
