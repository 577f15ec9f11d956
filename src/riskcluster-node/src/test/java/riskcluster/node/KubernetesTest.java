package riskcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.embedded.FreePort;

/** What a node asks of Kubernetes, asked of an API server that answers as the real one does. */
class KubernetesTest {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final String LEASE = "pekko.coordination.lease.kubernetes";

    @TempDir
    private Path account;

    private FakeKubernetes kubernetes;

    @BeforeEach
    void start() throws Exception {
        kubernetes = FakeKubernetes.start(account);
    }

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    /** Only Linux has a second loopback address without being told. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void podsFindEachOtherByTheApiAndNoPodThatIsNoneOfThemOrGoesIsAsked() throws Exception {
        int management = FreePort.from(0);
        kubernetes.pod("riskcluster", "127.0.0.1", management, "Running", false);
        kubernetes.pod("riskcluster", "127.0.0.2", management, "Running", false);
        kubernetes.pod("riskcluster", "127.0.0.3", management, "Running", true);
        kubernetes.pod("riskcluster", "127.0.0.4", management, "Pending", false);
        kubernetes.pod("other", "127.0.0.5", management, "Running", false);

        var said = account.resolve("said.log");
        assertThat(twoPods(management, said)).as("status: %s", said).isZero();

        assertThat(kubernetes.asked())
                .allMatch(call -> call.startsWith("GET /api/v1/namespaces/" + FakeKubernetes.NAMESPACE
                        + "/pods?labelSelector=app.kubernetes.io/name"));
        assertThat(Files.readString(said)).doesNotContain("127.0.0.3", "127.0.0.4", "127.0.0.5");
    }

    /** Where the API server is stands in the environment, which only a process of its own can be given. */
    private int twoPods(int management, Path said) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TwoPods.class.getName(),
                Integer.toString(management),
                Integer.toString(FreePort.from(0)),
                account.toString());
        builder.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        builder.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(kubernetes.port()));
        var process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            return process.waitFor(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void oneSideHoldsTheLeaseUntilItGivesItBackAndHearsWhenItIsTaken() {
        var system = ActorSystem.<Void>create(Behaviors.empty(), "riskcluster", settings());
        try {
            var provider = LeaseProvider.get(system);
            var name = LeaseName.of("Risk.Cluster_1");
            var one = provider.getLease(name, LEASE, "one");
            var other = provider.getLease(name, LEASE, "other");
            var lost = new CompletableFuture<String>();

            assertThat(one.acquire().toCompletableFuture())
                    .succeedsWithin(ANSWER_MAX)
                    .isEqualTo(true);
            assertThat(other.acquire().toCompletableFuture())
                    .succeedsWithin(ANSWER_MAX)
                    .isEqualTo(false);
            assertThat(kubernetes.holders()).isEqualTo(Map.of(name, "one"));

            assertThat(one.release().toCompletableFuture())
                    .succeedsWithin(ANSWER_MAX)
                    .isEqualTo(true);
            assertThat(other.acquire(why -> lost.complete("lost")).toCompletableFuture())
                    .succeedsWithin(ANSWER_MAX)
                    .isEqualTo(true);
            assertThat(kubernetes.holders()).isEqualTo(Map.of(name, "other"));

            kubernetes.give(name, "a third");
            assertThat(lost).succeedsWithin(ANSWER_MAX);
            assertThat(other.checkLease()).isFalse();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    private Config settings() {
        var membership = new Membership(
                new HostPort("127.0.0.1", 0),
                new HostPort("127.0.0.1", 0),
                new Membership.Kubernetes("app=x", 2, true),
                Membership.HEARTBEAT_PAUSE,
                Membership.STABLE_AFTER);
        var told = ActorSettings.of(JoiningTest.config(membership));
        assertThat(told.getString("pekko.cluster.split-brain-resolver.active-strategy"))
                .isEqualTo("lease-majority");
        assertThat(told.getString("pekko.cluster.split-brain-resolver.lease-majority.lease-implementation"))
                .isEqualTo(LEASE);
        return ConfigFactory.parseMap(Map.of(
                        "pekko.loglevel",
                        "ERROR",
                        LEASE + ".api-ca-path",
                        account.resolve("ca.crt").toString(),
                        LEASE + ".api-token-path",
                        account.resolve("token").toString(),
                        LEASE + ".namespace-path",
                        account.resolve("namespace").toString(),
                        LEASE + ".api-service-host",
                        "127.0.0.1",
                        LEASE + ".api-service-port",
                        kubernetes.port(),
                        LEASE + ".heartbeat-interval",
                        "100ms"))
                .withFallback(told);
    }

    @Test
    void clustersHaveLeasesOfTheirOwnWithNamesOfAtMost63Characters() {
        var longName = "a".repeat(100);
        var names = List.of("riskcluster", "Risk", "risk", "risk.1", "risk-1", "risk_1", longName, longName + "b");

        assertThat(names.stream().map(LeaseName::of))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?"));
        // k8s/base/access.yaml lets nodes hold this one
        assertThat(LeaseName.of("riskcluster")).isEqualTo("riskcluster-riskcluster");
        var made = LeaseName.of("Risk");
        assertThat(LeaseName.of(made.replace("riskcluster-", ""))).isNotEqualTo(made);
    }
}
