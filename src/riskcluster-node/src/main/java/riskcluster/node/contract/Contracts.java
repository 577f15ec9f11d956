package riskcluster.node.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** The contracts that a node works by: those that come with the program, or those of a folder that has them. */
public final class Contracts {

    /** The topics that have a contract; the input goes by this name whatever it is called in a cluster. */
    public static final List<String> TOPICS = List.of("transactions", "transactions.dlq", "alerts", "anomaly_alerts");

    private static final String ENDING = ".odcs.yaml";

    private final Optional<Path> folder;

    private Contracts(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Those that come with the program. */
    public static Contracts bundled() {
        return new Contracts(Optional.empty());
    }

    /** Those of a folder, with the same layout; what is not there comes with the program. */
    public static Contracts in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ContractRefused(folder.toString(), 0, "there is no such folder");
        }
        return new Contracts(Optional.of(folder));
    }

    /** The contract of a topic, by its name in {@link #TOPICS}. */
    public Contract topic(String name) {
        return find("topics/" + name + ENDING);
    }

    /** The contract of a table. */
    public Contract table(TableDefinition table) {
        return find("tables/" + table.qualifiedName() + ENDING);
    }

    /** The contracts of all tables, in the order of {@link Tables#ALL}. */
    public List<Contract> tables() {
        return Tables.ALL.stream().map(this::table).toList();
    }

    private Contract find(String name) {
        var path = folder.map(place -> place.resolve(name)).filter(Files::exists);
        return path.isPresent() ? ContractFile.read(path.get()) : bundled(name);
    }

    private static Contract bundled(String name) {
        try (var in = Contracts.class.getResourceAsStream("/contracts/" + name)) {
            if (in == null) {
                throw new ContractRefused("contracts/" + name, 0, "there is no such contract");
            }
            return ContractFile.read("contracts/" + name, in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException("contracts/" + name, failure);
        }
    }
}
