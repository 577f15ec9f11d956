package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.programs.Program;

/** The image as the Dockerfile makes it, on a Debian of this machine's release in place of the usual bases. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuiltImageTest {

    private static final String IMAGE = "localhost/riskcluster";
    private static final Path TARGET = Project.file("tests/riskcluster-rollout/target/image");
    private static final FileTime MADE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private Buildah engine;
    private String container;
    private Path root;

    @BeforeAll
    void build() throws IOException {
        var lacks = Buildah.lacks();
        assumeTrue(lacks.isEmpty(), lacks::get);
        engine = Buildah.start(TARGET);
        var settings = Files.writeString(TARGET.resolve("settings.xml"), """
            <settings><mirrors><mirror>
              <id>here</id><mirrorOf>*</mirrorOf><url>file:///repository</url>
            </mirror></mirrors></settings>
            """);
        engine.build(
                Project.file(""),
                "--tag=" + IMAGE,
                "--build-arg=BUILD_IMAGE=" + Buildah.BUILD,
                "--build-arg=RUNTIME_IMAGE=" + Buildah.BASE,
                "--build-arg=REVISION=0123abc",
                "--secret=id=maven,src=" + settings,
                "--volume=" + repository() + ":/repository:ro");
        container = engine.run("from", "--pull-never", IMAGE);
        root = Path.of(engine.run("mount", container));
    }

    /** What this build has fetched is the mirror of that one. */
    private static Path repository() {
        var usual = Path.of(System.getProperty("user.home"), ".m2", "repository");
        return Path.of(System.getProperty("localRepository", usual.toString()));
    }

    @AfterAll
    void remove() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void itSaysWhoRunsItWhatItRunsAndWhatItIs() throws Exception {
        var config = Project.JSON
                .readTree(engine.run("inspect", "--type", "image", IMAGE))
                .at("/OCIv1/config");

        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("Entrypoint").toString()).isEqualTo("[\"/opt/riskcluster/bin/riskcluster\"]");
        assertThat(config.path("StopSignal").asText()).isEqualTo("SIGTERM");
        assertThat(config.path("Volumes").has("/tmp")).isTrue();
        assertThat(config.path("Labels")
                        .path("org.opencontainers.image.revision")
                        .asText())
                .isEqualTo("0123abc");
    }

    @Test
    void itsCommandsRunByItsUserWhoCanChangeNothingOfIt() throws Exception {
        var version = engine.in(container, "/opt/riskcluster/bin/riskcluster", "--version");
        assertThat(version.status()).as(version.text()).isZero();
        assertThat(version.text()).startsWith("riskcluster ");
        assertThat(engine.in(container, "id", "-u").text().strip()).isEqualTo("10001");

        assertThat(engine.in(container, "touch", "/opt/riskcluster/lib/more").status())
                .isNotZero();
        assertThat(engine.in(container, "touch", "/more").status()).isNotZero();
        assertThat(engine.in(
                                container,
                                "find",
                                "/opt/riskcluster",
                                "(",
                                "-not",
                                "-user",
                                "root",
                                "-o",
                                "-perm",
                                "/022",
                                "-not",
                                "-type",
                                "l",
                                ")")
                        .text())
                .isEmpty();
    }

    @Test
    void aWholeDemoRunsInIt() throws Exception {
        var demo = engine.in(
                container,
                "/opt/riskcluster/bin/riskcluster",
                "demo",
                "--records",
                "500",
                "--customers",
                "50",
                "--rate",
                "0");
        assertThat(demo.status()).as(demo.text()).isZero();
        assertThat(demo.text())
                .contains("Every record is in bronze once, every decision in silver once, every alert on its topic"
                        + " once.");
    }

    /** Told so, Java refuses to start without a cache that fits; the launcher names the one for the command. */
    @Test
    void itsCachesFitItsJava() throws Exception {
        assertThat(withCache("", "--version").text()).startsWith("riskcluster ");
        assertThat(withCache("", "node").text()).contains("--config=FILE");
        assertThat(withCache(" -XX:AOTCache=/none", "--version").text()).doesNotContain("riskcluster ");
    }

    private Program.Answer withCache(String more, String word) throws IOException {
        return engine.in(
                container,
                "env",
                "RISKCLUSTER_JAVA_OPTS=-XX:AOTMode=on" + more,
                "/opt/riskcluster/bin/riskcluster",
                word);
    }

    /** The other build is the one that these tests run in. */
    @Test
    void anotherBuildOfTheSameSourcesGivesTheSameFiles(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.exists(Project.file("src/riskcluster-node/target/classpath")),
                "not run: riskcluster-node is not packaged (mvn verify packages it)");
        var opt = folder.resolve("opt");
        var made =
                Project.run(Project.file("docker/layout").toString(), opt.toString(), System.getProperty("java.home"));
        assertThat(made.status()).as(made.text()).isZero();

        var image = root.resolve("opt/riskcluster");
        assertThat(hashes(image.resolve("lib"))).isNotEmpty().isEqualTo(hashes(opt.resolve("lib")));
        assertThat(Files.readString(image.resolve("classpath")))
                .isEqualTo(Files.readString(opt.resolve("classpath")).replace(opt.toString(), "/opt/riskcluster"));
        try (var files = Files.walk(image)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".aot")))
                    .allSatisfy(
                            file -> assertThat(Files.getLastModifiedTime(file)).isEqualTo(MADE));
        }
    }

    private static Map<String, String> hashes(Path folder) throws Exception {
        var hashes = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var bytes = name.startsWith("riskcluster-") ? contents(file) : Files.readAllBytes(file);
                var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                hashes.put(name, HexFormat.of().formatHex(digest));
            }
        }
        return hashes;
    }

    /** What is in a jar of ours, but for the Java that Maven ran on: in the image it is another one. */
    private static byte[] contents(Path jar) throws IOException {
        var contents = new ByteArrayOutputStream();
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().toList()) {
                contents.writeBytes(entry.toString().getBytes(StandardCharsets.UTF_8));
                var text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                contents.writeBytes(
                        text.replaceFirst("Build-Tool-Jdk-Spec: .*\r\n", "").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return contents.toByteArray();
    }
}
