package riskcluster.e2e;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import riskcluster.programs.Program;
import riskcluster.programs.PythonEnvironment;

/** Alertmanager and the receiver of its calls, with the project's own settings: the last step to whoever is woken. */
final class WakingServers implements AutoCloseable {

    private static final String PROGRAM = "prometheus-alertmanager";
    private static final Path TELEMETRY = PythonEnvironment.project(Path.of("telemetry"));
    private static final Duration START_MAX = Duration.ofSeconds(30);

    private final OutsideServer webhook;
    private final OutsideServer alertmanager;
    private final Path said;

    private WakingServers(OutsideServer webhook, OutsideServer alertmanager, Path said) {
        this.webhook = webhook;
        this.alertmanager = alertmanager;
        this.said = said;
    }

    static boolean areInstalled() {
        return Program.find(PROGRAM).isPresent();
    }

    static WakingServers start(Path folder, ComposeFile compose) throws IOException {
        var said = folder.resolve("webhook.log");
        var webhook = webhook(folder, compose.host("webhook"), said);
        boolean up = false;
        try {
            var servers = new WakingServers(webhook, alertmanager(folder, compose), said);
            up = true;
            return servers;
        } finally {
            if (!up) {
                webhook.close();
            }
        }
    }

    private static OutsideServer webhook(Path folder, String host, Path said) throws IOException {
        var script =
                Files.readString(TELEMETRY.resolve("webhook.py")).replace("(\"\", 8080)", "(\"" + host + "\", 8080)");
        var file = Files.writeString(folder.resolve("webhook.py"), script);
        return OutsideServer.start(new ProcessBuilder("python3", "-u", file.toString()), said, START_MAX, () -> {
            new Socket(host, 8080).close();
            return true;
        });
    }

    private static OutsideServer alertmanager(Path folder, ComposeFile compose) throws IOException {
        var told = compose.here(Files.readString(TELEMETRY.resolve("alertmanager.yml")));
        var address = compose.host("alertmanager") + ":9093";
        var program = new ProcessBuilder(
                Program.find(PROGRAM).orElseThrow().toString(),
                "--config.file=" + Files.writeString(folder.resolve("alertmanager.yml"), told),
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=" + address,
                "--cluster.listen-address=");
        var ready = URI.create("http://" + address + "/-/ready");
        return OutsideServer.start(
                program,
                folder.resolve("alertmanager.log"),
                START_MAX,
                () -> OutsideServer.status(ready) == HttpURLConnection.HTTP_OK);
    }

    /** What whoever is woken has been told. */
    String told() throws IOException {
        return Files.readString(said);
    }

    @Override
    public void close() {
        alertmanager.close();
        webhook.close();
    }
}
