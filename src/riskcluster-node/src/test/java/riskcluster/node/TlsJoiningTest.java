package riskcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.tls.LiveContext;
import riskcluster.node.tls.PemFiles;
import riskcluster.node.tls.TestAuthority;

/** Nodes whose talk is TLS: who is let in, and that keys are replaced while they talk. */
class TlsJoiningTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String NAME = "riskcluster";
    private static final int A_MOMENT_MILLIS = 500;

    /** A node that is not let in ends, so that the test need not wait to see that nothing happens. */
    private static final String GIVES_UP = "\npekko.cluster.shutdown-after-unsuccessful-join-seed-nodes = 2s";

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

    private ActorSystem<Void> start(HostPort seed, HostPort address, Optional<PemFiles> tls, String more) {
        var membership = new Membership(
                address,
                address,
                new Membership.Seeds(List.of(seed)),
                Membership.HEARTBEAT_PAUSE,
                Membership.STABLE_AFTER,
                tls);
        var config = JoiningTest.config(membership);
        var settings = ConfigFactory.parseString(
                        JoiningTest.HASTE + "pekko { loglevel = OFF, cluster.gossip-interval = 200ms }" + more)
                .withFallback(ActorSettings.of(config));
        var system = ActorSystem.<Void>create(Behaviors.empty(), "riskcluster", settings);
        systems.add(system);
        Joining.begin(system, config);
        return system;
    }

    private static HostPort free() {
        return new HostPort("127.0.0.1", FreePort.from(0));
    }

    private static void awaitMembers(ActorSystem<Void> system, int number) {
        TestProbe.create(system).awaitAssert(SOON, () -> {
            assertThat(StreamSupport.stream(
                                    Cluster.get(system).state().getMembers().spliterator(), false)
                            .filter(member -> member.status().equals(MemberStatus.up())))
                    .hasSize(number);
            return null;
        });
    }

    private static void isNotLetIn(ActorSystem<Void> stranger) {
        assertThat(stranger.getWhenTerminated().toCompletableFuture()).succeedsWithin(SOON);
        assertThat(CoordinatedShutdown.get(stranger).getShutdownReason())
                .contains(CoordinatedShutdown.clusterJoinUnsuccessfulReason());
    }

    @Test
    void onlyNodesWithACertificateOfOursForOurNameJoinAndKeysAreReplacedWhileTheyTalk() throws Exception {
        var seed = free();
        var first = start(seed, seed, Optional.of(ours.identity(folder.resolve("1"), NAME, ours)), "");
        var second = start(seed, free(), Optional.of(ours.identity(folder.resolve("2"), NAME, ours)), "");
        awaitMembers(first, 2);

        var theirs = new TestAuthority("theirs");
        var payroll = ours.identity(folder.resolve("4"), "payroll", ours);
        var strangers = List.of(
                start(seed, free(), Optional.of(theirs.identity(folder.resolve("3"), NAME, ours)), GIVES_UP),
                start(seed, free(), Optional.of(payroll), GIVES_UP),
                start(seed, free(), Optional.empty(), GIVES_UP));
        isCutOff(seed, payroll);
        theAuthorityIsReplacedWhile(first, second, seed);
        strangers.forEach(TlsJoiningTest::isNotLetIn);
        awaitMembers(first, 3);
    }

    private void theAuthorityIsReplacedWhile(ActorSystem<Void> first, ActorSystem<Void> second, HostPort seed)
            throws Exception {
        var heard = TestProbe.<String>create(first);
        var there = ActorRefResolver.get(second)
                .<String>resolveActorRef(ActorRefResolver.get(first).toSerializationFormat(heard.ref()));
        IntStream.range(0, 100).forEach(number -> there.tell("before " + number));

        var next = new TestAuthority("next");
        next.identity(folder.resolve("1"), NAME, ours, next);
        next.identity(folder.resolve("2"), NAME, ours, next);
        IntStream.range(0, 100).forEach(number -> there.tell("after " + number));

        assertThat(heard.receiveSeveralMessages(200))
                .startsWith("before 0")
                .endsWith("after 99")
                .doesNotHaveDuplicates();
        var third = start(seed, free(), Optional.of(next.identity(folder.resolve("5"), NAME, next)), "");
        awaitMembers(third, 3);
        assertThat(shownBy(seed, next.identity(folder.resolve("6"), NAME, next))
                        .getIssuerX500Principal()
                        .getName())
                .isEqualTo("CN=next");
    }

    @Test
    void aNodeWhoseCertificateIsCalledBackIsNotLetInAgain() throws Exception {
        var seed = free();
        var lists = Files.writeString(folder.resolve("revoked.pem"), ours.revoking());
        var first = ours.identity(folder.resolve("1"), NAME, ours).withRevoked(lists);
        var stolen = ours.identity(folder.resolve("2"), NAME, ours);
        var system = start(seed, seed, Optional.of(first), "");
        var before = start(seed, free(), Optional.of(stolen), "");
        awaitMembers(system, 2);
        before.terminate();
        awaitMembers(system, 1);

        Files.writeString(lists, ours.revoking(stolen));
        TestProbe.create(system).awaitAssert(SOON, () -> {
            assertThat(isLetIn(seed, stolen)).isFalse();
            return null;
        });

        isNotLetIn(start(seed, free(), Optional.of(stolen), GIVES_UP));
        start(seed, free(), Optional.of(ours.identity(folder.resolve("3"), NAME, ours)), "");
        awaitMembers(system, 2);
    }

    /** A node says nothing first: where it goes on listening, this side was let in. */
    private static boolean isLetIn(HostPort node, PemFiles identity) throws IOException {
        try (var socket = socket(node, identity)) {
            socket.setSoTimeout(A_MOMENT_MILLIS);
            socket.startHandshake();
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException listens) {
            return true;
        } catch (SSLException | SocketException refused) {
            return false;
        }
    }

    /** Whatever a stranger checks himself: the node ends the connection before a word is said. */
    private static void isCutOff(HostPort node, PemFiles identity) throws Exception {
        try (var socket = socket(node, identity)) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.startHandshake();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SSLException | SocketException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    private static SSLSocket socket(HostPort node, PemFiles identity) throws IOException {
        return (SSLSocket) new LiveContext(identity).get().getSocketFactory().createSocket(node.host(), node.port());
    }

    private static X509Certificate shownBy(HostPort node, PemFiles identity) throws IOException {
        try (var socket = socket(node, identity)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void anIdentityThatCannotBeReadIsRefusedAtTheStartAndLaterLeavesTheLastOne() throws IOException {
        var files = ours.identity(folder, NAME, ours);
        var live = new LiveContext(files);
        var before = live.get();
        Files.writeString(files.key(), "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----");

        assertThatThrownBy(() -> new LiveContext(files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tls.key")
                .hasMessageNotContaining("c2VjcmV0");
        assertThat(live.get()).isSameAs(before);
    }
}
