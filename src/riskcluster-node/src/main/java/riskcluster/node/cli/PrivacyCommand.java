package riskcluster.node.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import riskcluster.contracts.alert.TopicNames;
import riskcluster.lakehouse.erase.ErasureProof;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.StoredRekey;
import riskcluster.node.explain.Finding;
import riskcluster.node.privacy.Erasures;
import riskcluster.node.privacy.Rekeys;
import riskcluster.node.privacy.TopicEnds;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.ErasureView;
import riskcluster.node.view.ProofView;
import riskcluster.node.view.Views;

/** {@code riskcluster privacy}: erases a customer from the lake and proves it, and gives all new pseudonyms. */
@Command(
        name = "privacy",
        description =
                "Erases customers from the lake and proves it, and gives all new pseudonyms. Works beside a running"
                        + " node, or on a folder whose node is stopped; what is asked for is done by the cluster's"
                        + " maintenance. See docs/privacy.md.")
final class PrivacyCommand {

    private static final String ID = "The id as senders give it, user_id.";

    private final Screen screen;

    PrivacyCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "erase",
            description = {
                "Asks for a customer's erasure: maintenance takes him out of every file that the tables show, drops"
                        + " the history from before, deletes what is left half an hour later and searches all files."
                        + " It finishes after any crash. Records of his that arrive later are erased as they arrive.",
                "Cannot be undone: batches and tags from before can be read no longer, by nobody. Shows first which"
                        + " files hold him, and asks; where nobody can be asked it needs --yes."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster privacy erase u00000042 --dry-run",
                "  riskcluster privacy erase u00000042 --config node.conf --yes"
            })
    int erase(
            @Mixin LakePlace place,
            @Mixin Output output,
            @Parameters(paramLabel = "CUSTOMER", description = ID) String customer,
            @Option(names = "--dry-run", description = "Show which files hold the customer, and change nothing.")
                    boolean dryRun,
            @Mixin Yes yes)
            throws IOException {
        try (var lake = place.open()) {
            var erasures = new Erasures(lake);
            var printer = new Printer(screen, output.format());
            if (dryRun || !yes.given) {
                printer.print(NodeClient.JSON.valueToTree(erasures.touched(customer)), Rows.named("table"));
            }
            if (dryRun) {
                return Exit.FINE;
            }
            if (!yes.to("Erase this customer for ever, and the history of all tables?", screen, "nothing is erased")) {
                return Exit.FINE;
            }
            printer.print(NodeClient.JSON.valueToTree(view(erasures.request(customer))));
            return Exit.FINE;
        }
    }

    @Command(
            name = "rekey",
            description = {
                "Asks for new pseudonyms in place of those that older keys made: maintenance writes the files anew in"
                    + " which they stand, under the version of the key that the policies name now. It finishes after"
                    + " any crash. Older batches show the old ones until they expire.",
                "Every partition must name that version already, and the key file of every node must hold it and the"
                        + " older ones. Shows first how many files it is, and asks; where nobody can be asked it needs"
                        + " --yes."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster privacy rekey --dry-run",
                "  riskcluster privacy rekey --config node.conf --yes"
            })
    int rekey(
            @Mixin LakePlace place,
            @Mixin Output output,
            @Option(names = "--dry-run", description = "Show how many files have old names, and change nothing.")
                    boolean dryRun,
            @Mixin Yes yes)
            throws IOException {
        try (var lake = place.open()) {
            var rekeys = new Rekeys(lake);
            var printer = new Printer(screen, output.format());
            if (dryRun || !yes.given) {
                printer.print(NodeClient.JSON.valueToTree(rekeys.touched()), Rows.named("table"));
            }
            if (dryRun) {
                return Exit.FINE;
            }
            if (!yes.to("Give everybody a new pseudonym in these tables?", screen, "nothing is rekeyed")) {
                return Exit.FINE;
            }
            printer.print(NodeClient.JSON.valueToTree(view(rekeys.request())));
            return Exit.FINE;
        }
    }

    @Command(
            name = "status",
            description =
                    "Shows how far erasures and rekeys have come. It cannot say of whom: that is forgotten with them."
                            + " Status 1 if a search found something that should be gone.",
            footer = {
                "",
                "Examples:",
                "  riskcluster privacy status",
                "  riskcluster privacy status --config node.conf -o json"
            })
    int status(@Mixin LakePlace place, @Mixin Output output) throws IOException {
        try (var lake = place.open()) {
            var views = Stream.concat(
                            new Erasures(lake).all().stream().map(PrivacyCommand::view),
                            new Rekeys(lake).all().stream().map(PrivacyCommand::view))
                    .toList();
            new Printer(screen, output.format()).print(NodeClient.JSON.valueToTree(views), Rows.named("id"));
            return views.stream().allMatch(view -> view.error() == null) ? Exit.FINE : Exit.UNWELL;
        }
    }

    @Command(
            name = "proof",
            description = {
                "Searches every file of every table for the customer's id and pseudonym: those that any snapshot, tag"
                        + " or older metadata file reaches, and those that merely lie there. Names the topics that"
                        + " have copies, with the time by which their retention ends them.",
                "Status 1 if anything is found."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster privacy proof u00000042",
                "  riskcluster privacy proof u00000042 --config node.conf -o json > proof.json"
            })
    int proof(
            @Mixin LakePlace place,
            @Mixin Output output,
            @Parameters(paramLabel = "CUSTOMER", description = ID) String customer)
            throws IOException, InterruptedException {
        try (var lake = place.open()) {
            var erasures = new Erasures(lake);
            var proof = erasures.prove(customer);
            var view = view(proof, erasures.find(customer).orElse(null), topics(place, Instant.now()));
            new Printer(screen, output.format()).print(NodeClient.JSON.readTree(Views.json(view)));
            return view.clean() ? Exit.FINE : Exit.UNWELL;
        }
    }

    /** Whatever was sent until now; an erasure that is done has let out nothing since. */
    private static List<ProofView.Topic> topics(LakePlace place, Instant now) throws IOException, InterruptedException {
        var node = place.production();
        if (node.isEmpty()) {
            return TopicEnds.unknown(TopicNames.of("transactions"));
        }
        try (var admin = Admin.create(node.get().kafka().connection())) {
            return TopicEnds.of(admin, node.get().topics(), now);
        } catch (IllegalStateException silent) {
            throw new CommandFailed(Exit.UNREACHABLE, Finding.KAFKA_SILENT.code() + ": " + silent.getMessage(), silent);
        }
    }

    private static ProofView view(ErasureProof proof, @Nullable StoredErasure erasure, List<ProofView.Topic> topics) {
        return new ProofView(
                proof.isClean(),
                erasure == null ? null : step(erasure),
                Instant.now().toString(),
                proof.isClean() ? null : Finding.ERASED_FOUND.code(),
                proof.profiles(),
                proof.tables().stream().mapToInt(ErasureProof.Searched::present).sum(),
                proof.tables(),
                proof.found(),
                topics);
    }

    private static ErasureView view(StoredErasure erasure) {
        boolean found = erasure.doneAt() == null && erasure.report() != null;
        return new ErasureView(
                erasure.id().toString(),
                "erasure",
                step(erasure),
                text(erasure.requestedAt()),
                erasure.doneAt() == null ? text(erasure.goneAt()) : null,
                text(erasure.doneAt()),
                found ? Finding.ERASED_FOUND.code() : null);
    }

    private static ErasureView view(StoredRekey rekey) {
        return new ErasureView(
                rekey.id().toString(),
                "rekey to version " + rekey.version(),
                rekey.isDone() ? "done" : "requested",
                text(rekey.requestedAt()),
                null,
                text(rekey.doneAt()),
                null);
    }

    private static String step(StoredErasure erasure) {
        return erasure.step().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return Optional.ofNullable(instant).map(Instant::toString).orElse(null);
    }
}
