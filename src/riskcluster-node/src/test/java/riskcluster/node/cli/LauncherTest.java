package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `./riskcluster` gives Java, told by a Java that only repeats its arguments. */
class LauncherTest {

    private static final Path LARGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    /** Repeats its arguments, and writes the cache that it is told to create. */
    private static final String JAVA = """
        #!/bin/sh
        echo "$@"
        case "$*" in
          *AOTMode=create*) for option; do case "$option" in -XX:AOTCache=*) : >"${option#*=}" ;; esac; done ;;
        esac
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void release() throws IOException {
        var lib = Files.createDirectories(folder.resolve("release/lib"));
        Files.copy(
                Path.of(System.getProperty("riskcluster.root"), "riskcluster"), folder.resolve("release/riskcluster"));
        Files.createFile(lib.resolve("riskcluster-node-1.jar"));
        Files.writeString(lib.resolve("classpath.commands"), "lib/a.jar\n");
        Files.writeString(lib.resolve("classpath.more"), "lib/b.jar\n");
        var bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        for (String program : new String[] {"java", "javac"}) {
            var file = Files.writeString(bin.resolve(program), JAVA);
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    @Test
    void aNodeTakesItsHeapInLargePagesWhereTheSystemHasThem() throws Exception {
        boolean has =
                Files.exists(LARGE_PAGES) && Files.readString(LARGE_PAGES).matches("(?s).*\\[(madvise|always)].*");

        assertThat(launched("", "node", "--config", "node.conf").contains("-XX:+AlwaysPreTouch"))
                .isEqualTo(has);
    }

    @Test
    void whoSetsTheHeapDecidesAboutPagesToo() throws Exception {
        assertThat(launched("-Xmx1g", "node", "--config", "node.conf"))
                .doesNotContain("-XX:+AlwaysPreTouch", "-Xms2g")
                .contains("-Xmx1g -cp");
    }

    @Test
    void aDemoAndAQuestionForHelpLeaveMemoryToOthers() throws Exception {
        for (String asked : new String[] {"demo", "node --help", "bench drain -h"}) {
            assertThat(launched("", asked.split(" "))).as(asked).doesNotContain("-XX:+AlwaysPreTouch", "-Xms2g");
        }
    }

    @Test
    void aLargeHeapGetsTheCollectorThatDoesNotStopAllForSeconds() throws Exception {
        for (String small : new String[] {"", "-Xmx3g", "-Xmx8g -Xmx4095M", "-Xmx4194303k", "-Xmx4294967295"}) {
            assertThat(launched(small, "node", "--config", "node.conf"))
                    .as(small)
                    .contains("-Xmn768m -XX:+UseParallelGC -XX:MinSurvivorRatio=10")
                    .doesNotContain("UseG1GC");
        }
        for (String large :
                new String[] {"-Xmx4g", "-Xms1g -Xmx4096m", "-Xmx1g -Xmx16G", "-Xmx4194304K", "-Xmx4294967296"}) {
            assertThat(launched(large, "node", "--config", "node.conf"))
                    .as(large)
                    .contains("-XX:+UseG1GC")
                    .doesNotContain("-Xmn", "UseParallelGC");
        }
    }

    @Test
    void whoNamesACollectorGetsIt() throws Exception {
        assertThat(launched("-Xmx8g -XX:+UseZGC", "node", "--config", "node.conf"))
                .contains("-XX:+UseZGC")
                .doesNotContain("-Xmn", "UseParallelGC", "UseG1GC");
    }

    @Test
    void afterARehearsalNodesBeginWithWhatWasLearnt() throws Exception {
        var cache = "-XX:AOTCache=" + folder.resolve("cache/riskcluster/node.aot");
        assertThat(launched("", "node", "--config", "node.conf")).doesNotContain("AOT");

        assertThat(launched("", "rehearse", "--records", "10"))
                .contains("riskcluster.node.Main rehearse --records 10", "-XX:AOTMode=record");

        assertThat(launched("", "node", "--config", "node.conf")).contains(cache);
        assertThat(launched("", "demo")).doesNotContain("AOT");
        assertThat(launched("-XX:AOTCache=mine", "node", "--config", "node.conf"))
                .contains("-XX:AOTCache=mine")
                .doesNotContain(cache);
    }

    @Test
    void whatAnEarlierBuildHasLearntIsNotTaken() throws Exception {
        launched("", "rehearse");
        var later = Files.getLastModifiedTime(folder.resolve("cache/riskcluster/node.aot"))
                .toInstant()
                .plusSeconds(1);
        Files.setLastModifiedTime(folder.resolve("release/lib/riskcluster-node-1.jar"), FileTime.from(later));

        assertThat(launched("", "node", "--config", "node.conf")).doesNotContain("AOT");
    }

    @Test
    void aQuestionForHelpIsNoRehearsal() throws Exception {
        assertThat(launched("", "rehearse", "--help")).doesNotContain("AOT").contains("rehearse --help");
    }

    private String launched(String javaOptions, String... arguments) throws Exception {
        var command =
                new ProcessBuilder("bash", folder.resolve("release/riskcluster").toString());
        command.command().addAll(List.of(arguments));
        command.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        command.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        command.environment().put("RISKCLUSTER_JAVA_OPTS", javaOptions);
        var program = command.redirectErrorStream(true).start();
        var said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        return said;
    }
}
