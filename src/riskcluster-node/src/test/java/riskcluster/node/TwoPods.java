package riskcluster.node;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** Two nodes with the addresses of two pods, which end well when each sees both of them up. */
final class TwoPods {

    private static final long FORMED_SECONDS_MAX = 50;

    private TwoPods() {}

    /** Takes the ports of management and of the cluster, and the folder of the service account. */
    public static void main(String[] arguments) throws InterruptedException {
        int management = Integer.parseInt(arguments[0]);
        int cluster = Integer.parseInt(arguments[1]);
        var seen = new CountDownLatch(2 * 2);
        start("127.0.0.1", cluster, management, Path.of(arguments[2]), seen);
        start("127.0.0.2", cluster, management, Path.of(arguments[2]), seen);
        Runtime.getRuntime().halt(seen.await(FORMED_SECONDS_MAX, TimeUnit.SECONDS) ? 0 : 1);
    }

    private static void start(String ip, int cluster, int management, Path account, CountDownLatch seen) {
        var membership = new Membership(
                new HostPort(ip, cluster),
                new HostPort(ip, cluster),
                new Membership.Kubernetes("app.kubernetes.io/name=riskcluster", 2, false),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5));
        var door = new HostPort(ip, management);
        var config = JoiningTest.config(membership, Optional.of(door));
        var settings = ConfigFactory.parseString("pekko.discovery.kubernetes-api { api-ca-path = \"" + account
                        + "/ca.crt\", api-token-path = \"" + account + "/token\", pod-namespace-path = \"" + account
                        + "/namespace\" }\n" + JoiningTest.HASTE)
                .withFallback(ActorSettings.of(config));
        var system = ActorSystem.<ClusterEvent.MemberUp>create(
                Behaviors.receiveMessage(up -> {
                    seen.countDown();
                    return Behaviors.same();
                }),
                "riskcluster",
                settings);
        Cluster.get(system).subscriptions().tell(Subscribe.create(system, ClusterEvent.MemberUp.class));
        Joining.begin(system, config);
    }
}
