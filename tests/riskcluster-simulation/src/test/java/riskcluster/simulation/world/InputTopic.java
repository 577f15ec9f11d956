package riskcluster.simulation.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

/** The input of one run: what each partition holds, and when each record is produced. */
public final class InputTopic {

    public static final int PARTITIONS = 3;
    public static final int RECORDS_PER_PARTITION = 70;
    public static final String TOPIC = "transactions";

    /** By then everything is produced. */
    public static final long PRODUCED_MICROS = 4_500_000;

    private static final long BASE_MILLIS = 1_700_000_000_000L;
    private static final int CUSTOMERS = 5;
    private static final long STEP_SECONDS = 300;
    private static final int OF_HUNDRED = 100;

    private final Map<LogPartition, List<Produced>> partitions = new LinkedHashMap<>();

    /** A record and when it is there. */
    record Produced(LogRecord record, long atMicros) {}

    /** The input of a seed. */
    public InputTopic(long seed) {
        var chance = new SplittableRandom(seed);
        for (int i = 0; i < PARTITIONS; i++) {
            var source = new LogPartition(TOPIC, i);
            partitions.put(source, new Filling(source, chance.split()).all());
        }
    }

    /** The partitions of the topic. */
    public List<LogPartition> sources() {
        return List.copyOf(partitions.keySet());
    }

    /** Every record that a partition will ever hold. */
    public List<LogRecord> records(LogPartition source) {
        return all(source).stream().map(Produced::record).toList();
    }

    List<Produced> all(LogPartition source) {
        return partitions.getOrDefault(source, List.of());
    }

    /** One past the last offset that there will ever be. */
    public long end(LogPartition source) {
        return all(source).getLast().record().offset() + 1;
    }

    /** One past the last offset that is produced by then. */
    long endAt(LogPartition source, long micros) {
        long end = 0;
        for (var produced : all(source)) {
            if (produced.atMicros() > micros) {
                break;
            }
            end = produced.record().offset() + 1;
        }
        return end;
    }

    /** When the first record at or past this offset is there; never where there is none. */
    long producedAt(LogPartition source, long offset) {
        for (var produced : all(source)) {
            if (produced.record().offset() >= offset) {
                return produced.atMicros();
            }
        }
        return Long.MAX_VALUE;
    }

    /** Draws one partition's records. */
    private static final class Filling {
        private final LogPartition source;
        private final SplittableRandom chance;
        private final List<Produced> filled = new ArrayList<>();
        private long offset;
        private long atMicros;
        private long seconds;

        Filling(LogPartition source, SplittableRandom chance) {
            this.source = source;
            this.chance = chance;
        }

        List<Produced> all() {
            for (int i = 0; i < RECORDS_PER_PARTITION; i++) {
                if (chance.nextInt(OF_HUNDRED) < 6) {
                    offset += 1 + chance.nextInt(2); // a transaction's marker takes an offset too
                }
                if (chance.nextInt(OF_HUNDRED) < 40) {
                    atMicros += chance.nextInt((int) (2 * PRODUCED_MICROS / RECORDS_PER_PARTITION));
                }
                seconds += STEP_SECONDS * chance.nextInt(3);
                filled.add(new Produced(record(i), Math.min(atMicros, PRODUCED_MICROS)));
                offset++;
            }
            return filled;
        }

        private LogRecord record(int i) {
            var user = "p" + source.partition() + "c" + chance.nextInt(CUSTOMERS);
            long millis = BASE_MILLIS + 1_000 * seconds;
            return new LogRecord(
                    source,
                    offset,
                    millis,
                    user.getBytes(UTF_8),
                    value(i, user, millis).getBytes(UTF_8),
                    List.of());
        }

        private String value(int i, String user, long millis) {
            int kind = chance.nextInt(OF_HUNDRED);
            if (kind < 8) {
                return "{";
            }
            int id = kind < 14 ? chance.nextInt(i + 1) : i;
            long event = kind < 20 ? millis - 2 * 3_600_000L : millis;
            var amount = kind < 26 ? "5000.01" : Integer.toString(10 + chance.nextInt(900));
            return "{\"transaction_id\":\"t" + id + "\",\"user_id\":\"" + user + "\",\"amount\":" + amount
                    + ",\"timestamp\":" + event + ",\"is_fraud\":" + (kind > 85) + "}";
        }
    }
}
