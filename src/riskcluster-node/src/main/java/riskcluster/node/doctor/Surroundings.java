package riskcluster.node.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.lakehouse.ledger.ClockCheck;
import riskcluster.node.NodeConfig;
import riskcluster.node.PseudonymKey;
import riskcluster.node.Rules;
import riskcluster.node.config.ConfigFile;
import riskcluster.node.config.ConfigRefused;
import riskcluster.node.contract.Contracts;
import riskcluster.node.contract.InputContract;
import riskcluster.node.contract.QualityRules;
import riskcluster.node.doctor.Diagnosis.Wrong;
import riskcluster.node.explain.Finding;
import riskcluster.node.topic.KafkaTopics;

/** What a configuration names, looked at as a node would find it when it starts. Changes nothing. */
public final class Surroundings {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);
    private static final String POSTGRES = "Postgres";
    private static final String WAREHOUSE = "warehouse";
    /** SQL states of a server that is not there, as the standard's class 08 has them. */
    private static final String NO_CONNECTION = "08";

    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private Surroundings() {}

    /** Looks at everything that the file names; where the file itself cannot be read, at nothing else. */
    public static List<Diagnosis> of(Path file, Map<String, String> environment) throws InterruptedException {
        try {
            var told = ConfigFile.read(file, environment);
            return List.of(
                    Diagnosis.fine("configuration"),
                    rules(told.node()),
                    key(told.node()),
                    contracts(told.node()),
                    secrets(told.secrets()),
                    kafka(told),
                    postgres(told.node().database()),
                    warehouse(told.node()));
        } catch (ConfigRefused refused) {
            return List.of(Diagnosis.of("configuration", Finding.CONFIG_REFUSED, message(refused)));
        }
    }

    private static Diagnosis rules(NodeConfig config) {
        try {
            Rules.read(config.rules());
            return Diagnosis.fine("rules");
        } catch (IllegalArgumentException e) {
            return Diagnosis.of("rules", Finding.RULES_REFUSED, message(e));
        }
    }

    private static Diagnosis key(NodeConfig config) {
        try {
            PseudonymKey.read(config.pseudonymKey(), keyVersions(config));
            return Diagnosis.fine("pseudonym key");
        } catch (IllegalArgumentException e) {
            return Diagnosis.of("pseudonym key", Finding.KEY_UNFIT, message(e));
        }
    }

    /** The one that the rules name; none where they cannot be read, which is told by itself. */
    private static Set<Integer> keyVersions(NodeConfig config) {
        try {
            return Set.of(Rules.read(config.rules()).keyVersion());
        } catch (IllegalArgumentException refused) {
            return Set.of();
        }
    }

    private static Diagnosis contracts(NodeConfig config) {
        try {
            var contracts = config.contracts().map(Contracts::in).orElseGet(Contracts::bundled);
            QualityRules.of(contracts);
            InputContract.extraFields(contracts);
            return Diagnosis.fine("contracts");
        } catch (IllegalArgumentException e) {
            return Diagnosis.of("contracts", Finding.CONTRACTS_REFUSED, message(e));
        }
    }

    private static Diagnosis secrets(List<Path> files) {
        var wrong = new ArrayList<Wrong>();
        for (var file : files) {
            try {
                if (Files.getFileStore(file).supportsFileAttributeView("posix")
                        && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                    wrong.add(new Wrong(Finding.SECRET_OPEN, file.toString()));
                }
            } catch (IOException e) {
                wrong.add(new Wrong(Finding.SECRET_OPEN, e.toString()));
            }
        }
        return new Diagnosis("rights of secrets", wrong);
    }

    private static Diagnosis kafka(ConfigFile told) throws InterruptedException {
        var settings = new HashMap<>(told.node().kafka().connection());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        var bootstrap = told.node().kafkaBootstrap();
        try (var admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
            var plan = new KafkaTopics(admin).plan(told.topics());
            return new Diagnosis(
                    "Kafka and topics",
                    plan.changes().stream()
                            .map(change -> new Wrong(Finding.TOPICS_DIFFER, change.toString()))
                            .toList());
        } catch (ExecutionException | TimeoutException e) {
            var cause = e.getCause();
            return Diagnosis.of(
                    "Kafka and topics", Finding.KAFKA_SILENT, bootstrap + (cause == null ? "" : ": " + message(cause)));
        } catch (RuntimeException e) {
            return Diagnosis.of("Kafka and topics", Finding.KAFKA_SILENT, bootstrap + ": " + message(e));
        }
    }

    private static Diagnosis postgres(NodeConfig.Database database) {
        var properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("connectTimeout", Long.toString(ANSWER_MAX.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(ANSWER_MAX.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(ANSWER_MAX.toSeconds()));
        try (var connection = DriverManager.getConnection(database.url(), properties)) {
            var here = Instant.now();
            return clock(here, here.minus(new ClockCheck(Clock.systemUTC()).ahead(connection)));
        } catch (SQLException e) {
            var state = String.valueOf(e.getSQLState());
            return Diagnosis.of(
                    POSTGRES,
                    state.startsWith(NO_CONNECTION) || e.getCause() instanceof ConnectException
                            ? Finding.POSTGRES_SILENT
                            : Finding.POSTGRES_REFUSES,
                    database + ": " + message(e));
        }
    }

    static Diagnosis clock(Instant here, Instant there) {
        var apart = Duration.between(here, there).abs();
        return apart.compareTo(ClockCheck.MOST) > 0
                ? Diagnosis.of(POSTGRES, Finding.CLOCK_DIFFERS, "by " + apart.toSeconds() + " s")
                : Diagnosis.fine(POSTGRES);
    }

    /**
     * A local one is written to; of a store it is asked whether something is there, which needs the right to read, and
     * where one identity deletes for another, each tries to delete what is not there.
     */
    private static Diagnosis warehouse(NodeConfig config) {
        var uri = config.warehouse();
        try {
            if ("file".equals(uri.getScheme())) {
                var folder = Path.of(uri);
                Files.createDirectories(folder);
                Files.delete(Files.createTempFile(folder, "doctor", null));
            } else {
                try (var io = Warehouse.at(uri, config.access()).io()) {
                    var unused = io.newInputFile(uri + "/doctor").exists();
                }
                if (config.access().upkeepCredentials().isPresent()) {
                    return rights(uri, config.access());
                }
            }
            return Diagnosis.fine(WAREHOUSE);
        } catch (IOException | RuntimeException e) {
            return Diagnosis.of(WAREHOUSE, Finding.WAREHOUSE_UNUSABLE, uri + ": " + message(e));
        }
    }

    private static Diagnosis rights(URI uri, WarehouseAccess access) {
        if (!Warehouse.mayDelete(uri, access.ofUpkeep())) {
            return Diagnosis.of(
                    WAREHOUSE,
                    Finding.WAREHOUSE_UNUSABLE,
                    uri + ": the identity of warehouse.upkeep-credentials-file may not delete");
        }
        return Warehouse.mayDelete(uri, access.ofWriter())
                ? Diagnosis.of(WAREHOUSE, Finding.WRITER_DELETES, uri.toString())
                : Diagnosis.fine(WAREHOUSE);
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null
                ? failure.toString()
                : message.lines().findFirst().orElse(failure.toString());
    }
}
