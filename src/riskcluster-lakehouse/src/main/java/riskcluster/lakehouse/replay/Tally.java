package riskcluster.lakehouse.replay;

import java.util.concurrent.atomic.LongAdder;
import riskcluster.contracts.decision.Outcome;

/** The records of a comparison, counted by several threads. */
final class Tally {

    private final LongAdder before = new LongAdder();
    private final LongAdder decided = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder erased = new LongAdder();

    void countBefore() {
        before.increment();
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Decided one -> decided.increment();
            case Outcome.Duplicate one -> duplicates.increment();
            case Outcome.Rejected one -> rejected.increment();
            case Outcome.Erased one -> erased.increment();
        }
    }

    /** Records decided again so far. */
    long all() {
        return before.sum() + inRange();
    }

    private long inRange() {
        return decided.sum() + duplicates.sum() + rejected.sum() + erased.sum();
    }

    Compared compared(long batch, Findings findings, int passes) {
        return new Compared(
                batch,
                before.sum(),
                inRange(),
                decided.sum(),
                duplicates.sum(),
                rejected.sum(),
                erased.sum(),
                findings.count(),
                findings.first(),
                passes);
    }
}
