package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RehearsalTest {

    private static final Pattern ARTIFACTS = Pattern.compile("<commands.artifacts>([^<]+)</commands.artifacts>");

    @Test
    void aQuestionToANodeNeedsNoMoreThanTheJarsThatLaunchersOpenForIt() throws Exception {
        var program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseCompactObjectHeaders",
                        "-cp",
                        commandsClassPath(),
                        Rehearsal.class.getName())
                .redirectErrorStream(true)
                .start();

        var said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor()).as(said).isZero();
    }

    /** Archives take classes from Java 6 on (class files of version 50), whose verification needs nothing but themselves. */
    @Test
    void theCommandLinesClassesAreOfAFormatThatArchivesTake() throws Exception {
        try (var in = new DataInputStream(CommandLine.class.getResourceAsStream("CommandLine.class"))) {
            in.skipNBytes(Integer.BYTES + Short.BYTES); // magic and minor version

            assertThat(in.readUnsignedShort()).isGreaterThanOrEqualTo(50);
        }
    }

    /** Of what this test runs with, what the launchers would take: our own modules, and the jars of the list. */
    private static String commandsClassPath() throws Exception {
        var pom =
                Files.readString(Path.of(System.getProperty("riskcluster.root"), "src", "riskcluster-node", "pom.xml"));
        var listed = ARTIFACTS.matcher(pom);
        assertThat(listed.find()).isTrue();
        List<String> artifacts = List.of(listed.group(1).split(",", -1));
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> isOurs(entry)
                        || artifacts.stream()
                                .anyMatch(each -> Path.of(entry)
                                        .getFileName()
                                        .toString()
                                        .matches(Pattern.quote(each) + "-[0-9].*[.]jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOurs(String entry) {
        return Path.of(entry).endsWith(Path.of("target", "classes"));
    }
}
