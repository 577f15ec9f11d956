package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An option wins over the environment, that over the context, that over the running dev and the usual ports. */
class TargetTest {

    @TempDir
    private Path home;

    private Contexts contexts() {
        return Contexts.read(home.resolve("contexts.json"))
                .with(new Context("prod", Optional.of("prod-1:8080"), Optional.of("prod-1:9110")))
                .with(new Context("test", Optional.of("http://test-1:8080"), Optional.of("test-1:9110")))
                .with(new Context("half", Optional.of("half-1:8080"), Optional.empty()));
    }

    private Target target(String context, Map<String, String> environment, Contexts contexts) {
        return new Target(Optional.of(context).filter(name -> !name.isEmpty()), environment, contexts, home);
    }

    @Test
    void eachWinsOverThoseBehindIt() throws IOException {
        var environment = Map.of(
                "RISKCLUSTER_NODE", "10.0.0.1:81/",
                "RISKCLUSTER_OPERATOR", "10.0.0.1:9110",
                "RISKCLUSTER_CONTEXT", "test");
        var current = contexts().using("prod");

        assertThat(target("", environment, current).node(Optional.of("https://a:8443")))
                .isEqualTo(new Target.Told<>(URI.create("https://a:8443"), "option --node"));
        assertThat(target("test", environment, current).node(Optional.empty()))
                .isEqualTo(new Target.Told<>(URI.create("http://test-1:8080"), "option --context"));
        assertThat(target("", environment, current).node(Optional.empty()))
                .isEqualTo(new Target.Told<>(URI.create("http://10.0.0.1:81"), "environment RISKCLUSTER_NODE"));
        assertThat(target("", Map.of("RISKCLUSTER_CONTEXT", "test"), current).node(Optional.empty()))
                .isEqualTo(new Target.Told<>(URI.create("http://test-1:8080"), "environment RISKCLUSTER_CONTEXT"));
        assertThat(target("", Map.of(), current).node(Optional.empty()))
                .isEqualTo(new Target.Told<>(URI.create("http://prod-1:8080"), "context prod"));
        assertThat(target("", Map.of(), contexts()).node(Optional.empty()))
                .isEqualTo(new Target.Told<>(URI.create("http://127.0.0.1:8080"), "default"));

        NodeAddress.write(home, "http://127.0.0.1:8181", "127.0.0.1:9111");

        assertThat(target("", Map.of(), contexts()).node(Optional.empty()))
                .isEqualTo(new Target.Told<>(URI.create("http://127.0.0.1:8181"), "running dev"));
        assertThat(target("", Map.of(), current).node(Optional.empty()).by()).isEqualTo("context prod");
    }

    @Test
    void operatorsAreFoundInTheSameOrder() throws IOException {
        var environment = Map.of("RISKCLUSTER_OPERATOR", "10.0.0.1:9110");
        var current = contexts().using("prod");

        assertThat(target("test", environment, current).operator().address()).hasToString("test-1:9110");
        assertThat(target("", environment, current).operator().address()).hasToString("10.0.0.1:9110");
        assertThat(target("", Map.of(), current).operator().address()).hasToString("prod-1:9110");
        assertThat(target("", Map.of(), contexts()).operator().address()).hasToString("127.0.0.1:9110");

        NodeAddress.write(home, "http://127.0.0.1:8181", "127.0.0.1:9111");

        assertThat(target("", Map.of(), contexts()).operator().address()).hasToString("127.0.0.1:9111");
    }

    @Test
    void aTokenIsShownToTheAddressesOfItsContextAlone() {
        var mine = new Access(Optional.of(Path.of("/mine.token")), Optional.of(Path.of("/ca.crt")));
        var contexts = contexts()
                .with(new Context("mine", Optional.of("https://m:8080"), Optional.of("m:9110"), mine))
                .using("mine");

        assertThat(target("", Map.of(), contexts).operatorAddress().access()).isEqualTo(mine);
        assertThat(target("", Map.of(), contexts).node(Optional.empty()).access())
                .isEqualTo(mine);
        assertThat(target("", Map.of(), contexts).node(Optional.of("a:1")).access())
                .isEqualTo(Access.NONE);
        assertThat(target("prod", Map.of(), contexts).operatorAddress().access())
                .isEqualTo(Access.NONE);
        var environment = Map.of("RISKCLUSTER_TOKEN_FILE", "/told.token");
        assertThat(target("", environment, contexts).operatorAddress().access())
                .isEqualTo(new Access(Optional.of(Path.of("/told.token")), mine.authority()));
        assertThat(target("", environment, contexts).node(Optional.of("a:1")).access())
                .isEqualTo(new Access(Optional.of(Path.of("/told.token")), Optional.empty()));
    }

    @Test
    void whatIsNoAddressIsRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> target("", Map.of("RISKCLUSTER_OPERATOR", "node-1"), contexts())
                        .operator())
                .hasMessage("RISKCLUSTER_OPERATOR is 'node-1', allowed: host:port");
        assertThatThrownBy(() -> target("", Map.of(), contexts()).node(Optional.of("not an address")))
                .hasMessage("not an address is no address of a node; give one such as http://127.0.0.1:8080");
        assertThatThrownBy(() -> target("nope", Map.of(), contexts()).operator())
                .hasMessage("there is no context 'nope'; there are prod, test, half");
        assertThatThrownBy(() -> target("prod", Map.of(), contexts()).node(Optional.of("a:1")))
                .hasMessage("give --node or --context, not both");
    }

    @Test
    void aContextWithoutTheAddressLetsNoOtherClusterBeAskedInstead() {
        assertThatThrownBy(() -> target("", Map.of(), contexts().using("half")).operator())
                .isInstanceOf(CommandFailed.class)
                .hasMessage("context 'half' has no such address; set it with 'riskcluster context add half --replace"
                        + " --operator HOST:PORT'");
    }
}
