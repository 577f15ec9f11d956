package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.terminal.Exit;

class CompletionCommandTest {

    @TempDir
    private Path folder;

    private Path script(String shell) throws IOException {
        var typed = Typed.type("completion", shell);
        assertThat(typed.status()).isZero();
        return Files.writeString(folder.resolve("script." + shell), typed.out());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static boolean isInstalled(String shell) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, shell)));
    }

    /** What bash offers after these words. */
    private static List<String> offered(Path script, String... words) throws IOException, InterruptedException {
        var typed = "riskcluster " + String.join(" ", words) + " ''";
        return run(
                        "bash",
                        "--norc",
                        "-c",
                        "source " + script + "; COMP_WORDS=(" + typed + "); COMP_CWORD=" + (words.length + 1)
                                + "; _complete_riskcluster; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .lines()
                .map(String::strip)
                .toList();
    }

    @Test
    void bashCompletesCommandsThoseOfNodesAndFormats() throws IOException, InterruptedException {
        var script = script("bash");

        assertThat(offered(script)).contains("context", "explain", "cluster", "partition", "dlq", "sql");
        assertThat(offered(script, "context")).contains("add", "use", "ls", "remove");
        assertThat(offered(script, "cluster")).contains("show", "health", "down-unreachable");
        assertThat(offered(script, "table", "list", "-o")).contains("table", "wide", "yaml");
        assertThat(offered(script, "partition", "list", "-o")).contains("jsonl", "name");
    }

    @Test
    void zshLoadsItsSupportForBashFirst() throws IOException {
        assertThat(Files.readString(script("zsh"))).contains("ZSH_VERSION", "bashcompinit");
    }

    @Test
    void zshTakesItsScript() throws IOException, InterruptedException {
        var script = script("zsh");
        assumeThat(isInstalled("zsh")).isTrue();

        run("zsh", "-n", script.toString());
    }

    @Test
    void fishIsToldOfEveryCommandAndOption() throws IOException {
        var script = script("fish");
        assertThat(Files.readString(script).lines())
                .contains(
                        "complete -c riskcluster -n '__riskcluster_at context' -a 'ls' -d 'Lists the contexts, and"
                                + " tells which node is asked now and what said so.'",
                        "complete -c riskcluster -n '__riskcluster_at cluster' -a 'health'",
                        "complete -c riskcluster -n '__riskcluster_in table list' -s o -l output -x -a 'table wide json"
                                + " jsonl yaml name' -d 'table, wide, json, jsonl, yaml or name.'")
                .anyMatch(line -> line.contains("-n '__riskcluster_at' -a 'sql'"))
                .anyMatch(line -> line.contains("-n '__riskcluster_in node' -l config -r -F"));
    }

    @Test
    void fishCompletesWithItsScript() throws IOException, InterruptedException {
        var script = script("fish");
        assumeThat(isInstalled("fish")).isTrue();

        run("fish", "-n", script.toString());
        assertThat(run("fish", "-c", "source " + script + "; complete -C 'riskcluster context '"))
                .contains("add", "use", "remove");
    }

    @Test
    void anotherShellIsWrongUsage() {
        var typed = Typed.type("completion", "tcsh");

        assertThat(typed.status()).isEqualTo(Exit.USAGE);
        assertThat(typed.err()).contains("tcsh").contains("bash, zsh, fish");
        assertThat(Typed.type("completion").status()).isEqualTo(Exit.USAGE);
    }
}
