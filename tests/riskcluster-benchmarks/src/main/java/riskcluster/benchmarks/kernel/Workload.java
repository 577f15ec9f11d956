package riskcluster.benchmarks.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** The first records of a bank whose customers are as many as asked for, the same in every run: JSON, one partition. */
public final class Workload {

    public static final LogPartition SOURCE = new LogPartition("transactions", 0);

    private static final long SEED = 1;
    private static final int KEY_BYTES = 32;
    private static final long MICROS_PER_MILLI = 1_000;

    private final List<LogRecord> records = new ArrayList<>();
    private final List<Transaction> transactions = new ArrayList<>();
    private final int[] customers;
    private final int customersSeen;

    public Workload(int customers, int number) {
        var bank =
                GeneratorSettings.usual(SEED).clean().withCustomers(customers).withAlertShare(0.01);
        var generator = new Generator(bank, EventClock.natural(EventClock.USUAL_START, customers));
        var decoder = decoder();
        var seen = new HashMap<String, Integer>();
        this.customers = new int[number];
        for (int offset = 0; offset < number; offset++) {
            var made = generator.next();
            var record = new LogRecord(
                    SOURCE, offset, made.eventTimeMicros() / MICROS_PER_MILLI, made.key(), made.value(), List.of());
            var transaction = accepted(decoder, record);
            if (!transaction.transactionId().equals(made.transactionId())) {
                throw new IllegalStateException(record.coordinates() + " decodes to another transaction");
            }
            records.add(record);
            transactions.add(transaction);
            this.customers[offset] = seen.computeIfAbsent(transaction.userId(), absent -> seen.size());
        }
        this.customersSeen = seen.size();
    }

    /** In the log's order. */
    public List<LogRecord> records() {
        return records;
    }

    /** What the records decode to. */
    public List<Transaction> transactions() {
        return transactions;
    }

    /** Whose record it is, from 0 on. */
    public int customer(int offset) {
        return customers[offset];
    }

    /** A profile for each customer who has records, all of them new. */
    public Profile[] newcomers() {
        var profiles = new Profile[customersSeen];
        Arrays.fill(profiles, Profile.EMPTY);
        return profiles;
    }

    /** Every record with its decision. */
    public List<Judged> judged(Scorer scorer, Policy policy) {
        var profiles = newcomers();
        var judged = new ArrayList<Judged>();
        for (int offset = 0; offset < records.size(); offset++) {
            var scored = scorer.score(profiles[customers[offset]], transactions.get(offset), offset, policy);
            if (!(scored.outcome() instanceof Outcome.Decided)) {
                throw new IllegalStateException("record " + offset + " is not decided but " + scored.outcome());
            }
            profiles[customers[offset]] = scored.profile();
            judged.add(new Judged(records.get(offset), scored.outcome()));
        }
        return judged;
    }

    public static Decoder decoder() {
        return new Decoder(SchemaRegistry.empty());
    }

    /** One whose pseudonyms are as long as those of a node. */
    public static Scorer scorer() {
        return new Scorer(new Pseudonyms(Map.of(1, new byte[KEY_BYTES])));
    }

    /** The seven rules, without a model. */
    public static Policy rules() {
        return PolicyFile.bundled("default");
    }

    /** The transaction in a record; refused where there is none. */
    static Transaction accepted(Decoder decoder, LogRecord record) {
        return switch (decoder.decode(record)) {
            case Decoded.Accepted(var transaction) -> transaction;
            case Decoded.Rejected(var outcome) -> throw new IllegalStateException(outcome.toString());
            case Decoded.Undecided(var why) -> throw new IllegalStateException(why);
        };
    }
}
