package riskcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.node.NodeConfig.Mode;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.guard.DoorGuard;
import riskcluster.node.production.MetricsDoor;
import riskcluster.node.upkeep.UpkeepSettings;

/** Two actor systems find each other in each of the ways there are. */
class JoiningTest {

    private static final Duration FORMED_MAX = Duration.ofSeconds(60);
    private static final String JOINED_MAX = "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes";
    private static final String NAME = "nodes.riskcluster.test";

    /** The end of a node is not the end of this process, and nobody has to wait for others that may still start. */
    static final String HASTE = """
        pekko.coordinated-shutdown { exit-jvm = off, run-by-jvm-shutdown-hook = off }
        pekko.loglevel = ERROR
        pekko.management.cluster.bootstrap.contact-point-discovery.stable-margin = 500ms
        pekko.cluster { seed-node-timeout = 1s, retry-unsuccessful-join-after = 1s }
        """;

    private final List<ActorSystem<Void>> systems = new ArrayList<>();

    @AfterEach
    void stop() {
        systems.forEach(ActorSystem::terminate);
        systems.forEach(
                system -> system.getWhenTerminated().toCompletableFuture().join());
    }

    private static NodeConfig config(HostPort address, HostPort management, Membership.Join join) {
        return config(
                new Membership(address, address, join, Membership.HEARTBEAT_PAUSE, Membership.STABLE_AFTER),
                Optional.of(management));
    }

    static NodeConfig config(Membership membership) {
        return config(membership, Optional.empty());
    }

    static NodeConfig config(Membership membership, Optional<HostPort> management) {
        return new NodeConfig(
                Mode.DEVELOPMENT,
                "test",
                new NodeConfig.Kafka("unused:9092", Map.of()),
                new NodeConfig.Database("unused", "", "", 1),
                URI.create("file:///unused"),
                TopicNames.of("transactions"),
                1,
                "default",
                Path.of("unused"),
                Pace.standard(),
                Duration.ofSeconds(1),
                Optional.empty(),
                membership,
                management.map(door -> new NodeConfig.Doors(
                        new HostPort("127.0.0.1", 0),
                        door,
                        door,
                        new HostPort("127.0.0.1", 0),
                        DoorGuard.NONE,
                        membership.tls().isPresent())),
                WarehouseAccess.USUAL,
                UpkeepSettings.USUAL,
                true,
                true,
                Optional.empty(),
                Optional.empty());
    }

    private ActorSystem<Void> start(NodeConfig config, String more) {
        var settings = ConfigFactory.parseString(HASTE + more).withFallback(ActorSettings.of(config));
        var system = ActorSystem.<Void>create(Behaviors.empty(), "riskcluster", settings);
        systems.add(system);
        Joining.begin(system, config);
        return system;
    }

    private void awaitBothUp() {
        for (var system : systems) {
            TestProbe.create(system).awaitAssert(FORMED_MAX, () -> {
                assertThat(StreamSupport.stream(
                                        Cluster.get(system).state().getMembers().spliterator(), false)
                                .filter(member -> member.status().equals(MemberStatus.up())))
                        .hasSize(2);
                return null;
            });
        }
    }

    private static List<HostPort> free(String... hosts) {
        int port = FreePort.from(0);
        return IntStream.range(0, hosts.length)
                .mapToObj(node ->
                        new HostPort(hosts[node], hosts[node].equals(hosts[0]) && node > 0 ? FreePort.from(0) : port))
                .toList();
    }

    private void startBoth(
            List<HostPort> addresses,
            List<HostPort> doors,
            Function<List<HostPort>, Membership.Join> join,
            String more) {
        for (int node = 0; node < 2; node++) {
            start(config(addresses.get(node), doors.get(node), join.apply(addresses)), more);
        }
    }

    @Test
    void throughSeeds() {
        startBoth(free("127.0.0.1", "127.0.0.1"), free("127.0.0.1", "127.0.0.1"), Membership.Seeds::new, "");

        awaitBothUp();
    }

    @Test
    void throughAListOfManagementDoors() {
        var doors = free("127.0.0.1", "127.0.0.1");
        startBoth(free("127.0.0.1", "127.0.0.1"), doors, addresses -> new Membership.Contacts(doors, 2), "");

        awaitBothUp();
    }

    @Test
    void throughTheServiceRecordsOfAName() throws IOException {
        var doors = free("localhost", "localhost");
        try (var names = NameServer.start(NAME, doors)) {
            startBoth(
                    free("127.0.0.1", "127.0.0.1"),
                    doors,
                    addresses -> new Membership.Dns(NAME, Optional.of("management"), 2),
                    "pekko.io.dns.async-dns.nameservers = [\"" + names.address() + "\"]");

            awaitBothUp();
        }
    }

    /** Only Linux has a second loopback address without being told. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void throughTheAddressesOfAName() throws IOException {
        var doors = free("127.0.0.1", "127.0.0.2");
        try (var names = NameServer.start(NAME, doors)) {
            startBoth(
                    free("127.0.0.1", "127.0.0.2"),
                    doors,
                    addresses -> new Membership.Dns(NAME, Optional.empty(), 2),
                    "pekko.io.dns.async-dns.nameservers = [\"" + names.address() + "\"]");

            awaitBothUp();
        }
    }

    @Test
    void theManagementDoorIsReadOnlyAndProbesAnswer() throws Exception {
        var doors = free("127.0.0.1");
        var system = start(config(free("127.0.0.1").getFirst(), doors.getFirst(), new Membership.Alone()), "");
        var self = Cluster.get(system).selfMember().address();
        try (var client = HttpClient.newHttpClient()) {
            var base = "http://" + doors.getFirst();
            assertThat(status(client, HttpRequest.newBuilder(URI.create(base + "/alive"))))
                    .isEqualTo(200);
            assertThat(status(client, HttpRequest.newBuilder(URI.create(base + "/cluster/members"))))
                    .isEqualTo(200);
            var member = URI.create(base + "/cluster/members/" + self.toString().replace("pekko://", ""));
            assertThat(status(client, HttpRequest.newBuilder(member).DELETE())).isEqualTo(405);
            // no partition was placed here: there is nothing that could be ready
            assertThat(status(client, HttpRequest.newBuilder(URI.create(base + "/ready"))))
                    .isEqualTo(500);
            // no figures yet
            var metrics = HttpRequest.newBuilder(URI.create(base + "/metrics"));
            assertThat(status(client, metrics)).isEqualTo(503);
            MetricsDoor.show(system, () -> "riskcluster_members 1.0\n");
            assertThat(status(client, metrics)).isEqualTo(200);
        }
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(FORMED_MAX).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** With seeds the first of them founds a cluster anew, so that the others may wait for it for ever. */
    @Test
    void onlyWhoIsToldOfMembersGivesUpJoining() {
        var doors = free("127.0.0.1", "127.0.0.1");

        assertThat(joinedMax(new Membership.Contacts(doors, 2))).isEqualTo(Duration.ofSeconds(15));
        assertThat(joinedMax(new Membership.Dns(NAME, Optional.empty(), 2))).isEqualTo(Duration.ofSeconds(15));
        var seeds = config(doors.getFirst(), doors.getLast(), new Membership.Seeds(doors));
        assertThat(ActorSettings.of(seeds).getString(JOINED_MAX)).isEqualTo("off");
    }

    private static Duration joinedMax(Membership.Join join) {
        var doors = free("127.0.0.1", "127.0.0.1");
        return ActorSettings.of(config(doors.getFirst(), doors.getLast(), join)).getDuration(JOINED_MAX);
    }

    /** The member has died since it was told of, and may wait for this very node to found the cluster again. */
    @Test
    @Tag("full") // a quarter of a minute in which nothing happens
    void aNodeThatCannotJoinThroughTheMembersItWasToldOfEnds() throws Exception {
        var gone = new HostPort("127.0.0.1", FreePort.from(0));
        var contact = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        contact.createContext("/bootstrap/seed-nodes", asked -> {
            var member = "pekko://riskcluster@" + gone;
            var told = ("{\"selfNode\":\"" + member + "\",\"seedNodes\":[{\"node\":\"" + member
                            + "\",\"nodeUid\":1,\"roles\":[],\"status\":\"Up\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            asked.getResponseHeaders().add("Content-Type", "application/json");
            asked.sendResponseHeaders(200, told.length);
            asked.getResponseBody().write(told);
            asked.close();
        });
        contact.start();
        try {
            var doors = List.of(
                    new HostPort("127.0.0.1", contact.getAddress().getPort()),
                    free("127.0.0.1").getFirst());
            var system =
                    start(config(free("127.0.0.1").getFirst(), doors.getLast(), new Membership.Contacts(doors, 2)), "");

            assertThat(system.getWhenTerminated().toCompletableFuture()).succeedsWithin(FORMED_MAX);
            assertThat(CoordinatedShutdown.get(system).getShutdownReason())
                    .contains(CoordinatedShutdown.clusterJoinUnsuccessfulReason());
        } finally {
            contact.stop(0);
        }
    }

    @Test
    void aTakenManagementDoorIsRefusedByItsKey() {
        var doors = free("127.0.0.1");
        start(config(free("127.0.0.1").getFirst(), doors.getFirst(), new Membership.Alone()), "");

        assertThatThrownBy(
                        () -> start(config(free("127.0.0.1").getFirst(), doors.getFirst(), new Membership.Alone()), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("management.address is '" + doors.getFirst());
    }
}
