package riskcluster.node.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.HostPort;
import riskcluster.node.http.FakeNode;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.operate.Command;
import riskcluster.node.operate.Limits;
import riskcluster.node.operate.OperatorServer;
import riskcluster.node.operate.Palette;
import riskcluster.node.operate.client.OperatorClient;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.terminal.Access;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.tls.LiveContext;
import riskcluster.node.tls.PemFiles;
import riskcluster.node.tls.TestAuthority;

/** Both interfaces of a node that speaks TLS and asks for tokens. */
class DoorsTest {

    private static final HostPort ANY = new HostPort("127.0.0.1", 0);
    private static final TestAuthority OURS = new TestAuthority("ours");
    private static final List<String> RECORD = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static ActorSystem<Void> system;
    private static PemFiles identity;
    private static NodeHttp http;
    private static OperatorServer operator;

    @BeforeAll
    static void start() throws IOException {
        system = ActorSystem.create(
                Behaviors.empty(),
                "doors",
                ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                        .withFallback(ConfigFactory.load()));
        identity = OURS.identity(folder.resolve("node"), "node", OURS);
        var tokens = new StringBuilder();
        for (var role : Role.values()) {
            Files.writeString(folder.resolve(role.toString()), "token-of-" + role + "\n");
            tokens.append(role).append(" ").append(role).append(" ");
            tokens.append(HexFormat.of().formatHex(Tokens.hash("token-of-" + role)))
                    .append("\n");
        }
        Files.writeString(folder.resolve("stranger"), "token-of-nobody\n");
        var guard = new Guard(
                Optional.of(new Tokens(Files.writeString(folder.resolve("tokens"), tokens))),
                new Audit(Clock.systemUTC(), RECORD::add),
                System::nanoTime);
        var tls = Optional.of(new LiveContext(new PemFiles(identity.key(), identity.certificate(), Optional.empty())));
        http = NodeHttp.start(system, new FakeNode(), ANY, guard, tls);
        operator = OperatorServer.bind(ANY, "test", List.of(palette()), Limits.standard(), guard, tls);
    }

    private static Palette palette() {
        Command.Work nothing = (arguments, answer) -> answer.show(List.of(), () -> List.of("done"));
        return new Palette(
                "try",
                "Tries.",
                List.of(
                        new Command(CommandPage.looks("look", "Looks."), nothing),
                        new Command(CommandPage.acts("mend", "Mends."), nothing, Role.OPERATOR),
                        new Command(CommandPage.acts("act", "Acts."), nothing)));
    }

    @AfterAll
    static void stop() {
        operator.close();
        http.close();
        system.terminate();
    }

    @BeforeEach
    void forget() {
        RECORD.clear();
    }

    private static Access access(String who) {
        return new Access(Optional.of(folder.resolve(who)), identity.authorities());
    }

    private static OperatorClient client(Access access) {
        return OperatorClient.connect(OperatorAddress.of(operator.address()).with(access));
    }

    private static String run(String who, String command) {
        try (var client = client(access(who))) {
            var end = client.run(List.of("try", command), false, Duration.ofSeconds(20), line -> {});
            return end.ending() == Ending.FINE ? "done" : end.message().substring(0, "RC-2203".length());
        }
    }

    @Test
    void operatorsDoWhatTheirRoleMayAndChangesAreOnRecord() {
        assertThat(run("viewer", "look")).isEqualTo("done");
        assertThat(run("viewer", "mend")).isEqualTo("RC-2203");
        assertThat(run("operator", "mend")).isEqualTo("done");
        assertThat(run("operator", "act")).isEqualTo("RC-2203");
        assertThat(run("admin", "act")).isEqualTo("done");

        assertThat(RECORD)
                .extracting(line -> line.replaceFirst(
                        ".*\"what\":\"try (\\w+)\",\"outcome\":\"(\\w+)\".*\"who\":\"(\\w+)\".*", "$3 $1 $2"))
                .containsExactly(
                        "viewer mend refused",
                        "operator mend begun",
                        "operator mend done",
                        "operator act refused",
                        "admin act begun",
                        "admin act done");
    }

    private static void isRefused(Access access, int status, String why) {
        assertThatThrownBy(() -> client(access).close())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining(why)
                .extracting(failure -> ((CommandFailed) failure).status())
                .isEqualTo(status);
    }

    @Test
    void whoShowsNoTokenOrAWrongOneOrTrustsAnotherAuthorityGetsNoWord() {
        isRefused(new Access(Optional.empty(), identity.authorities()), Exit.UNWELL, "RC-2201");
        isRefused(access("stranger"), Exit.UNWELL, "RC-2202");
        var other = new TestAuthority("other").identity(folder.resolve("other"), "x", new TestAuthority("other"));
        isRefused(new Access(Optional.of(folder.resolve("admin")), other.authorities()), Exit.UNREACHABLE, "RC-2206");
        isRefused(new Access(Optional.of(folder.resolve("admin")), Optional.empty()), Exit.UNREACHABLE, "wants TLS");
        assertThat(RECORD).hasSize(2).noneMatch(line -> line.contains("token-of"));
    }

    @Test
    void aTokenNeverCrossesTheNetworkInTheClear() {
        var admin = new Access(Optional.of(folder.resolve("admin")), Optional.empty());

        assertThatThrownBy(() -> admin.token("192.0.2.1", false)).hasMessageContaining("RC-2207");
        assertThat(admin.token("127.0.0.1", false)).contains("token-of-admin");
        assertThat(admin.token("192.0.2.1", true)).contains("token-of-admin");
    }

    private static int status(String who, String method, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(http.address() + path))
                .header("content-type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        if (!who.isEmpty()) {
            request.header("authorization", "Bearer token-of-" + who);
        }
        try (var client = HttpClient.newBuilder()
                .sslContext(access("admin").trust().orElseThrow())
                .build()) {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() == 401 || answer.statusCode() == 403) {
                assertThat(answer.body()).contains("\"code\":\"RC-220");
            }
            return answer.statusCode();
        }
    }

    @Test
    void callersOfHttpGetWhatTheirRoleMay() throws Exception {
        var asked = new ArrayList<Integer>();
        for (var who : List.of("", "nobody", "viewer", "operator")) {
            asked.add(status(who, "GET", "/v1/cluster"));
            asked.add(status(who, "GET", "/v1/customers/u%201"));
            asked.add(status(who, "POST", "/v1/maintenance/run"));
        }

        assertThat(asked).containsExactly(401, 401, 401, 401, 401, 401, 200, 403, 403, 200, 200, 200);
        assertThat(status("", "GET", "/health/live")).isEqualTo(200);
        assertThat(status("viewer", "GET", "/nobody-thought-of-it")).isEqualTo(403);
        assertThat(status("admin", "GET", "/nobody-thought-of-it")).isEqualTo(404);
        assertThat(RECORD)
                .noneMatch(line -> line.contains("u%201") || line.contains("u 1"))
                .filteredOn(line -> line.contains("\"who\":\"operator\""))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"what\":\"POST /v1/maintenance/run\",\"outcome\":\"done\"");
    }
}
