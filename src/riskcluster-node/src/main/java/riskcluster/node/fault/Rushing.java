package riskcluster.node.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import riskcluster.node.generate.Generated;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.Scenario;

/** A bank's records, and among them a few customers who now and then pay many times at once: anomalies. */
final class Rushing {

    private static final int CUSTOMERS = 3;

    /** With each so many records of the bank one of them pays, mostly once. */
    private static final int PAYS_EVERY = 60;

    /** And each so many times that one of them pays, many times. */
    private static final int RUSHES_EVERY = 16;

    private static final int RUSH = 9;

    private final Generator bank;
    private long newestMicros = Long.MIN_VALUE;
    private long records;
    private int left;

    Rushing(Generator bank) {
        this.bank = bank;
    }

    Generated next() {
        if (left > 0) {
            left--;
            return payment();
        }
        records++;
        if (records % PAYS_EVERY == 0) {
            left = records / PAYS_EVERY % RUSHES_EVERY == 0 ? RUSH : 1;
        }
        var next = bank.next();
        if (!next.bad()) {
            newestMicros = Math.max(newestMicros, next.eventTimeMicros());
        }
        return next;
    }

    private Generated payment() {
        long turn = records / PAYS_EVERY;
        var user = "rusher-" + turn % CUSTOMERS;
        var id = "rush-" + turn + "-" + left;
        var value = "{\"transaction_id\":\"" + id + "\",\"user_id\":\"" + user + "\",\"amount\":12.5,\"timestamp\":\""
                + Instant.EPOCH.plus(newestMicros, ChronoUnit.MICROS) + "\"}";
        return new Generated(
                user.getBytes(UTF_8), value.getBytes(UTF_8), newestMicros, id, Scenario.NORMAL, false, false);
    }
}
