package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.List;
import riskcluster.actors.log.Fetch;
import riskcluster.actors.log.InputLog;
import riskcluster.actors.log.LogReader;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;

/** The input topic as one process sees it. */
final class LogPort implements InputLog {

    private static final int FETCH_MAX = 12;
    private static final long POLL_MICROS = 100_000;
    private static final long OLD_END = 9;

    private final World world;
    private final Line line;

    LogPort(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    @Override
    public String topicId(LogPartition source) {
        return line.call(Call.DESCRIBE_TOPIC, source::toString, () -> "topic-1");
    }

    @Override
    public long firstOffset(LogPartition source) {
        return line.call(Call.DESCRIBE_TOPIC, source::toString, () -> 0L);
    }

    @Override
    public long endOffset(LogPartition source) {
        long end = line.call(Call.DESCRIBE_TOPIC, source::toString, () -> endNow(source));
        return world.fate().planted(Plant.POLICY_AT_OLD_END) ? Math.max(0, end - OLD_END) : end;
    }

    private long endNow(LogPartition source) {
        return world.input().endAt(source, world.loop().nowMicros());
    }

    @Override
    public LogReader open(LogPartition source, long from, int leaderEpoch) {
        world.loop().claim(line.process());
        line.call(Call.OPEN_READER, () -> source + " from " + from, () -> true);
        return new Reader(source, from);
    }

    private final class Reader implements LogReader {
        private final LogPartition source;
        private long position;

        Reader(LogPartition source, long from) {
            this.source = source;
            this.position = from;
        }

        @Override
        public Fetch next() {
            line.live();
            long until = world.loop().nowMicros() + POLL_MICROS;
            long there = Math.min(until, world.input().producedAt(source, position));
            if (there > world.loop().nowMicros()) {
                world.loop().pause(there - world.loop().nowMicros());
                line.live();
            }
            long from = position;
            var records = new ArrayList<LogRecord>();
            position = fill(records, 1 + world.fate().below(FETCH_MAX));
            return new Fetch(from, position, 0, endNow(source) - position, List.copyOf(records));
        }

        private long fill(List<LogRecord> records, int max) {
            long next = position;
            for (var produced : world.input().all(source)) {
                var record = produced.record();
                if (record.offset() < position) {
                    continue;
                }
                if (produced.atMicros() > world.loop().nowMicros() || records.size() == max) {
                    break;
                }
                records.add(record);
                next = record.offset() + 1;
            }
            return next;
        }

        @Override
        public void close() {
            // the world keeps nothing for a process that leaves
        }
    }
}
