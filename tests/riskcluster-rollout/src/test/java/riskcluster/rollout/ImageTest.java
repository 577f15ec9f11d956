package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.programs.Program;
import riskcluster.programs.PythonEnvironment;

/** The image: what its Dockerfile says, and that its very files run as nobody in particular on a read-only root. */
class ImageTest {

    private static final String DOCKERFILE = Project.text("Dockerfile");

    @Test
    void theImageIsSlimRunsAsANumberAndEndsWithItsProgram() {
        var bases = Project.found(Pattern.compile("(?m)^FROM (\\S+)"), DOCKERFILE);
        assertThat(bases).hasSizeGreaterThan(1).allMatch(base -> base.startsWith("${"));
        assertThat(Project.found(Pattern.compile("(?m)^ARG \\w+_IMAGE=(\\S+)"), DOCKERFILE))
                .hasSize(2)
                .allMatch(image -> image.contains(":") && !image.endsWith(":latest"));
        var last = DOCKERFILE.substring(DOCKERFILE.lastIndexOf("\nFROM "));
        assertThat(last)
                .contains("USER 10001:10001", "ENTRYPOINT [\"/opt/riskcluster/bin/riskcluster\"]")
                .contains("org.opencontainers.image.version", "org.opencontainers.image.revision")
                .doesNotContain("\nRUN ", "\nADD ");
        assertThat(Project.text("docker/riskcluster")).contains("\nexec ");
    }

    @Test
    void theDockerfileIsLinted(@TempDir Path folder) throws Exception {
        assertThat(linted(Project.file("Dockerfile"))).isEqualTo(new Program.Answer(0, ""));

        var worse = Files.writeString(
                folder.resolve("Dockerfile"), DOCKERFILE.replace("WORKDIR /source", "WORKDIR source\nRUN cd /source"));
        assertThat(linted(worse).text()).contains("DL3000", "DL3003");
    }

    private static Program.Answer linted(Path dockerfile) throws IOException {
        return Project.run(PythonEnvironment.withLinters().program("hadolint").toString(), dockerfile.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"riskcluster", "layout", "rehearse", "secrets", "smoke"})
    void itsScriptsAreScripts(String script) throws Exception {
        assertThat(Files.isExecutable(Project.file("docker/" + script))).isTrue();
        assertThat(Project.run("sh", "-n", Project.file("docker/" + script).toString()))
                .isEqualTo(new Program.Answer(0, ""));
    }

    @Test
    void theBuildSeesNothingButWhatItReads() {
        assertThat(Project.text(".dockerignore").lines())
                .contains("*", "**/target", "!src", "!contracts", "!pom.xml")
                .noneMatch(line -> line.startsWith("!secrets"));
    }

    /** Ten seconds of jlink; the layout is that of the image, made by the image's own script. */
    @Test
    @Tag("full")
    void itsFilesRunAsNobodyOnAReadOnlyRoot(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.exists(Project.file("src/riskcluster-node/target/classpath")),
                "not run: riskcluster-node is not packaged (mvn verify packages it)");
        assumeTrue(
                Program.find("unshare").isPresent() && Program.find("setpriv").isPresent(),
                "not run: util-linux is not installed");
        var opt = folder.resolve("opt");
        var made =
                Project.run(Project.file("docker/layout").toString(), opt.toString(), System.getProperty("java.home"));
        assertThat(made.status()).as(made.text()).isZero();
        Project.run("chmod", "-R", "a+rX", folder.toString());

        var version = asNobody(opt, "--version");
        assumeTrue(!version.text().contains("unshare failed"), "not run: this user may not make mounts");
        assertThat(version.text()).startsWith("riskcluster ");
        assertThat(version.status()).isZero();

        Files.writeString(folder.resolve("node.conf"), "mode = production\n");
        var refused =
                asNobody(opt, "node", "--config", folder.resolve("node.conf").toString());
        assertThat(refused.text()).contains("(or RISKCLUSTER_").contains("is not set, allowed: ");
        assertThat(refused.status()).isEqualTo(2);
    }

    private static Program.Answer asNobody(Path opt, String... words) throws Exception {
        // the folder for temporary files is that of the test, which stands in for the container's /tmp
        var enter =
                "mount --bind / / && mount -o remount,ro,bind / && mount -t tmpfs tmpfs /dev/shm && ! touch /written"
                    + " 2>/dev/null && exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs \"$@\"";
        var command = new ArrayList<>(List.of("env"));
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("RISKCLUSTER_"))
                .forEach(name -> command.add("--unset=" + name));
        command.addAll(List.of(
                "RISKCLUSTER_JAVA_OPTS=-Djava.io.tmpdir=/dev/shm",
                "unshare",
                "--mount",
                "sh",
                "-c",
                enter,
                "sh",
                opt.resolve("bin/riskcluster").toString()));
        command.addAll(List.of(words));
        return Project.run(command.toArray(String[]::new));
    }
}
