package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.customer.Round;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.log.Fetch;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;
import riskcluster.contracts.transaction.Transaction;

/** Turns fetches into rounds: decodes each record, and cuts a fetch where a policy begins. */
final class Rounds {

    private final Decoder decoder;
    private final PolicyTimeline policies;
    private final PartitionMeter meter;
    private final Steps steps;
    private final String source;
    private final Consumer<Round> done;

    Rounds(LogPartition source, PartitionPorts ports, PolicyTimeline policies, Consumer<Round> done) {
        this.source = source.toString();
        this.decoder = ports.decoder();
        this.policies = policies;
        this.meter = ports.meter(source);
        this.steps = ports.steps();
        this.done = done;
    }

    /**
     * One round, or one for each policy that decides in the fetch.
     *
     * @throws Undecided where a record cannot be decoded or rejected yet; nothing of the fetch goes on then
     */
    List<Round> of(Fetch fetch) {
        steps.reached(source, Step.POLLED);
        meter.received(fetch.records().size(), bytes(fetch));
        meter.lag(fetch.lag());
        var rounds = new ArrayList<Round>(1);
        long from = fetch.from();
        int slot = 0;
        while (from < fetch.next()) {
            long to = Math.min(fetch.next(), policies.nextAfter(from));
            int end = slot;
            while (end < fetch.records().size() && fetch.records().get(end).offset() < to) {
                end++;
            }
            rounds.add(round(from, to, fetch.leaderEpoch(), fetch.records().subList(slot, end)));
            from = to;
            slot = end;
        }
        return rounds;
    }

    private static long bytes(Fetch fetch) {
        long bytes = 0;
        for (var record : fetch.records()) {
            var value = record.value();
            bytes += value == null ? 0 : value.length;
        }
        return bytes;
    }

    private Round round(long from, long to, int leaderEpoch, List<LogRecord> records) {
        var transactions = new @Nullable Transaction[records.size()];
        var outcomes = new @Nullable Outcome[records.size()];
        for (int slot = 0; slot < records.size(); slot++) {
            switch (decoder.decode(records.get(slot))) {
                case Decoded.Accepted(var transaction) -> transactions[slot] = transaction;
                case Decoded.Rejected(var rejected) -> outcomes[slot] = rejected;
                case Decoded.Undecided(var why) -> throw new Undecided(records.get(slot), why);
            }
        }
        return new Round(from, to, leaderEpoch, policies.at(from), records, transactions, outcomes, done);
    }

    /** An alarm: what decode must look up is not known yet, so the partition waits at this record. */
    static final class Undecided extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undecided(LogRecord record, String why) {
            super(record.coordinates() + " can be neither decoded nor rejected yet: " + why);
        }
    }
}
