package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsKeptIsReadAgainInItsOrder() {
        var file = folder.resolve("deep").resolve("contexts.json");
        var contexts = Contexts.read(file)
                .with(new Context("b", Optional.of("b:1"), Optional.empty()))
                .with(new Context(
                        "a",
                        Optional.empty(),
                        Optional.of("a:9110"),
                        new Access(Optional.of(Path.of("/a.token")), Optional.of(Path.of("/ca.crt")))))
                .using("a");

        contexts.write();

        assertThat(Contexts.read(file)).isEqualTo(contexts);
        assertThat(file.getParent()).isDirectoryContaining("glob:**/contexts.json");
        assertThat(file.getParent().toFile().list()).containsExactly("contexts.json");
    }

    @Test
    void theCurrentOneThatIsForgottenIsCurrentNoMore() {
        var contexts = Contexts.read(folder.resolve("none.json"))
                .with(new Context("a", Optional.of("a:1"), Optional.empty()))
                .using("a");

        assertThat(contexts.without("a").current()).isEmpty();
        assertThat(contexts.without("a").all()).isEmpty();
        assertThatThrownBy(() -> contexts.without("b")).hasMessage("there is no context 'b'; there are a");
    }

    @Test
    void theFolderOfConfigurationIsXdgs() {
        assertThat(Contexts.usual(Map.of("XDG_CONFIG_HOME", "/x"), Path.of("/home/u")))
                .isEqualTo(Path.of("/x/riskcluster/contexts.json"));
        assertThat(Contexts.usual(Map.of(), Path.of("/home/u")))
                .isEqualTo(Path.of("/home/u/.config/riskcluster/contexts.json"));
        assertThat(Contexts.usual(Map.of("XDG_CONFIG_HOME", "relative"), Path.of("/home/u")))
                .isEqualTo(Path.of("/home/u/.config/riskcluster/contexts.json"));
    }

    @Test
    void aFileThatIsNoneSaysWhatToDo() throws IOException {
        var file = folder.resolve("contexts.json");
        Files.writeString(file, "{ half");

        assertThatThrownBy(() -> Contexts.read(file))
                .hasMessage(file + " cannot be read: mend it, or delete it and add the contexts again");
    }

    @Test
    void namesAndAddressesAreChecked() {
        assertThatThrownBy(() -> new Context("a b", Optional.empty(), Optional.empty()))
                .hasMessageStartingWith("'a b' is no name of a context, allowed:");
        assertThatThrownBy(() -> new Context("a", Optional.of("ftp://x"), Optional.empty()))
                .hasMessageStartingWith("ftp://x is no address of a node");
        assertThatThrownBy(() -> new Context("a", Optional.empty(), Optional.of("x")))
                .hasMessageStartingWith("'x' is no address for operators");
    }
}
