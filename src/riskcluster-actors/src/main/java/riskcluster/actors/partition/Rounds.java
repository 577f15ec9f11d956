package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import riskcluster.actors.customer.Round;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.log.Fetch;
import riskcluster.actors.privacy.ErasedCustomers;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;

/** Turns fetches into rounds: decodes each record, and cuts a fetch where a policy begins. */
final class Rounds {

    private final Decoder decoder;

    /** The stream's; what is decoded again is so on another thread. */
    private final Decoder own;

    private final PolicyTimeline policies;
    private final ErasedCustomers erased;
    private final PartitionMeter meter;
    private final Steps steps;
    private final String source;
    private final Consumer<Round> done;

    Rounds(
            LogPartition source,
            PartitionPorts ports,
            PolicyTimeline policies,
            ErasedCustomers erased,
            Consumer<Round> done) {
        this.source = source.toString();
        this.decoder = ports.decoder();
        this.own = decoder.own();
        this.policies = policies;
        this.erased = erased;
        this.meter = ports.meter(source);
        this.steps = ports.steps();
        this.done = done;
    }

    /** A part of a fetch. */
    sealed interface Piece {}

    /** A round whose records are all decoded or rejected. */
    record Ready(Round round) implements Piece {}

    /**
     * The end of a fetch, from a record on that can be neither decoded nor rejected yet: letting it out as rejected
     * could not be taken back.
     */
    record Rest(Fetch fetch, String why) implements Piece {
        /** The record that is waited at. */
        LogRecord first() {
            return fetch.records().getFirst();
        }
    }

    /** To be called once for each fetch. */
    void arrived(Fetch fetch) {
        steps.reached(source, Step.POLLED);
        meter.received(fetch.records().size(), bytes(fetch));
        meter.lag(fetch.lag());
    }

    /**
     * One round, or one for each policy that decides in the fetch; what cannot be decoded yet comes last, as rest. For one thread
     * at a time.
     */
    List<Piece> of(Fetch fetch) {
        return of(fetch, own);
    }

    /** The same of what could not be decoded before, while the stream may decode what comes after it. */
    List<Piece> again(Fetch rest) {
        return of(rest, decoder);
    }

    private List<Piece> of(Fetch fetch, Decoder decoder) {
        var pieces = new ArrayList<Piece>(1);
        long from = fetch.from();
        int slot = 0;
        while (from < fetch.next()) {
            long to = Math.min(fetch.next(), policies.nextAfter(from));
            int end = slot;
            while (end < fetch.records().size() && fetch.records().get(end).offset() < to) {
                end++;
            }
            if (!add(pieces, fetch, decoder, from, to, slot, end)) {
                break;
            }
            from = to;
            slot = end;
        }
        return pieces;
    }

    /** Whether the records of the slots could all be decoded or rejected; those before one that could not are added. */
    private boolean add(List<Piece> pieces, Fetch fetch, Decoder decoder, long from, long to, int first, int end) {
        var all = fetch.records();
        var records = first == 0 && end == all.size() ? all : all.subList(first, end);
        var slots = new Slots(policies.at(from), records);
        for (int slot = 0; slot < slots.size(); slot++) {
            var undecided = slots.fill(slot, decoder, erased);
            if (undecided.isPresent()) {
                long offset = slots.record(slot).offset();
                if (offset > from) {
                    pieces.add(new Ready(slots.round(slot, from, offset, fetch.leaderEpoch(), done)));
                }
                pieces.add(new Rest(rest(fetch, offset, first + slot), undecided.get()));
                return false;
            }
        }
        pieces.add(new Ready(slots.round(slots.size(), from, to, fetch.leaderEpoch(), done)));
        return true;
    }

    private static Fetch rest(Fetch fetch, long from, int slot) {
        return new Fetch(
                from,
                fetch.next(),
                fetch.leaderEpoch(),
                fetch.lag(),
                fetch.records().subList(slot, fetch.records().size()));
    }

    private static long bytes(Fetch fetch) {
        long bytes = 0;
        for (var record : fetch.records()) {
            bytes += record.bytes();
        }
        return bytes;
    }
}
