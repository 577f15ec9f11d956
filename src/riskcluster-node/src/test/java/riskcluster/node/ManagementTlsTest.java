package riskcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.tls.ManagementTls;
import riskcluster.node.tls.PemFiles;
import riskcluster.node.tls.TestAuthority;

/** Management doors that speak TLS: nodes find each other there, and by no other name or authority. */
class ManagementTlsTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String NAME = "riskcluster";

    private final TestAuthority ours = new TestAuthority("ours");
    private final List<ActorSystem<Void>> systems = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        systems.forEach(ActorSystem::terminate);
        systems.forEach(
                system -> system.getWhenTerminated().toCompletableFuture().join());
    }

    /** Identities are for 127.0.0.1 and the name of all nodes, not for this host. */
    private static HostPort door() {
        return new HostPort("localhost", FreePort.from(0));
    }

    private void start(List<HostPort> doors, int node, PemFiles identity) {
        var address = new HostPort("127.0.0.1", FreePort.from(0));
        var membership = new Membership(
                address,
                address,
                new Membership.Contacts(doors, 2),
                Membership.HEARTBEAT_PAUSE,
                Membership.STABLE_AFTER,
                Optional.of(identity));
        var config = JoiningTest.config(membership, Optional.of(doors.get(node)));
        var settings = ConfigFactory.parseString(JoiningTest.HASTE).withFallback(ActorSettings.of(config));
        var system = ActorSystem.<Void>create(Behaviors.empty(), "riskcluster", settings);
        systems.add(system);
        Joining.begin(system, config);
    }

    private HttpResponse alive(String address, PemFiles identity) {
        return Http.get(systems.getFirst())
                .singleRequest(HttpRequest.create(address + "/alive"), new ManagementTls(identity).caller())
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Test
    void nodesFindEachOtherAtDoorsThatSpeakTlsAlone() {
        var doors = List.of(door(), door());
        start(doors, 0, ours.identity(folder.resolve("1"), NAME, ours));
        start(doors, 1, ours.identity(folder.resolve("2"), NAME, ours));
        for (var system : systems) {
            TestProbe.create(system).awaitAssert(SOON, () -> {
                assertThat(StreamSupport.stream(
                                        Cluster.get(system).state().getMembers().spliterator(), false)
                                .filter(member -> member.status().equals(MemberStatus.up())))
                        .hasSize(2);
                return null;
            });
        }

        var secure = "https://" + doors.getFirst();
        var known = ours.identity(folder.resolve("3"), NAME, ours);
        assertThat(alive(secure, known).status()).isEqualTo(StatusCodes.OK);
        var payroll = ours.identity(folder.resolve("4"), "payroll", ours);
        assertThatThrownBy(() -> alive(secure, payroll)).hasRootCauseInstanceOf(CertificateException.class);
        var stranger = ours.identity(folder.resolve("5"), NAME, new TestAuthority("theirs"));
        assertThatThrownBy(() -> alive(secure, stranger)).hasStackTraceContaining("PKIX path building failed");
        try (var client = HttpClient.newHttpClient()) {
            var clear = java.net.http.HttpRequest.newBuilder(URI.create("http://" + doors.getFirst() + "/alive"))
                    .timeout(SOON)
                    .build();
            assertThatThrownBy(() -> client.send(clear, BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(HttpTimeoutException.class);
        }
    }
}
