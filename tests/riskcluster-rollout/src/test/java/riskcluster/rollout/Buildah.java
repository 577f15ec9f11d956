package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import riskcluster.programs.Program;

/** An engine that builds images without a daemon, its images and containers in one folder, which go when it is closed. */
final class Buildah implements AutoCloseable {

    /** A Debian of the machine's own release and mirror, in the least form. */
    static final String BASE = "localhost/base";

    /** The same with the Java and the Maven of this build. */
    static final String BUILD = "localhost/build";

    private static final Path APT = Path.of("/etc/apt");
    private static final Pattern CODENAME = Pattern.compile("(?m)^VERSION_CODENAME=(\\w+)$");

    private final Path folder;

    private Buildah(Path folder) {
        this.folder = folder;
    }

    /** Why it cannot be used here. */
    static Optional<String> lacks() {
        if (!System.getProperty("user.name").equals("root")) {
            return Optional.of("not run: without root there is no chroot");
        }
        return Stream.of("buildah", "mmdebstrap", "mvn")
                .filter(name -> Program.find(name).isEmpty())
                .findFirst()
                .map(name -> "not run: " + name + " is not installed (Debian: buildah, mmdebstrap)");
    }

    /** One with both bases. */
    static Buildah start(Path folder) throws IOException {
        var engine = new Buildah(folder);
        if (Files.exists(folder)) {
            engine.close(); // of a run that was killed
        }
        Files.createDirectories(folder.resolve("tmp"));
        engine.makeBase();
        engine.makeBuild();
        return engine;
    }

    private void makeBase() throws IOException {
        var debian = folder.resolve("debian.tar");
        var release = Project.found(CODENAME, Files.readString(Path.of("/etc/os-release")))
                .getFirst();
        var command = new ArrayList<>(List.of("mmdebstrap", "--variant=minbase", release, debian.toString()));
        sources(release).forEach(list -> command.add(list.toString()));
        must(command);
        var container = run("from", "scratch");
        run("add", container, debian.toString(), "/");
        run("config", "--env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", container);
        run("commit", "--quiet", "--rm", container, BASE);
    }

    /** Apt's lists of this release itself; those of others have names of their own. */
    private static List<Path> sources(String release) throws IOException {
        try (var files = Files.walk(APT)) {
            return files.filter(file -> file.toString().matches(".*/sources\\.list|.*\\.(list|sources)"))
                    .filter(Files::isRegularFile)
                    .filter(file -> Project.text(file.toString()).matches("(?s).*\\s" + release + "\\s.*"))
                    .toList();
        }
    }

    private void makeBuild() throws IOException {
        var context = Files.createDirectories(folder.resolve("build"));
        var maven = Program.find("mvn").orElseThrow().toRealPath().getParent().getParent();
        copy(maven, context.resolve("maven"));
        copy(Path.of(System.getProperty("java.home")), context.resolve("jdk"));
        Files.writeString(context.resolve("Dockerfile"), """
            FROM %s
            COPY jdk /opt/jdk
            COPY maven /opt/maven
            ENV JAVA_HOME=/opt/jdk PATH=/opt/jdk/bin:/opt/maven/bin:/usr/sbin:/usr/bin:/sbin:/bin
            """.formatted(BASE));
        build(context, "--tag", BUILD);
    }

    /** Packages of Debian have their parts elsewhere, behind links. */
    private static void copy(Path from, Path to) throws IOException {
        must(List.of("cp", "--recursive", "--dereference", from.toString(), to.toString()));
    }

    /** Builds the Dockerfile of a folder; nothing is asked of any registry. */
    void build(Path context, String... flags) throws IOException {
        var words = new ArrayList<>(List.of("build", "--isolation", "chroot", "--pull-never"));
        words.addAll(List.of(flags));
        words.add(context.toString());
        run(words.toArray(String[]::new));
    }

    /** What a command says that ends well. */
    String run(String... words) throws IOException {
        return must(command(words)).strip();
    }

    /** A command of a container, as the user of its image. */
    Program.Answer in(String container, String... words) throws IOException {
        var command = new ArrayList<>(List.of("run", "--isolation", "chroot", container, "--"));
        command.addAll(List.of(words));
        return Project.run(command(command.toArray(String[]::new)).toArray(String[]::new));
    }

    private List<String> command(String... words) {
        var command = new ArrayList<>(List.of(
                "env",
                "TMPDIR=" + folder.resolve("tmp"),
                "buildah",
                "--root",
                folder.resolve("images").toString(),
                "--runroot",
                folder.resolve("run").toString()));
        command.addAll(Arrays.asList(words));
        return command;
    }

    private static String must(List<String> command) throws IOException {
        var answer = Project.run(command.toArray(String[]::new));
        assertThat(answer.status()).as("%s\n%s", command, answer.text()).isZero();
        return answer.text();
    }

    @Override
    public void close() throws IOException {
        run("rm", "--all");
        run("rmi", "--all", "--force");
        FileUtils.deleteDirectory(folder.toFile());
    }
}
