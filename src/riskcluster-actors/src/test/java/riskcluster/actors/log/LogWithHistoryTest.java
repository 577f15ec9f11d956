package riskcluster.actors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.lake.History;
import riskcluster.contracts.lake.HistoryReader;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

class LogWithHistoryTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 3);
    private static final int FETCH_MAX = 4;
    private static final long END = 30;

    private final Log log = new Log();
    private final Lake lake = new Lake();

    private List<Long> readAll(long from) {
        var offsets = new ArrayList<Long>();
        try (var reader = new LogWithHistory(log, lake).open(SOURCE, from, 0)) {
            long position = from;
            while (position < END) {
                var fetch = reader.next();
                assertThat(fetch.from()).as("no gap").isEqualTo(position);
                fetch.records().forEach(record -> offsets.add(record.offset()));
                position = fetch.next();
            }
        }
        return offsets;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void aLogThatHoldsEverythingIsReadAlone() {
        assertThat(readAll(5)).isEqualTo(range(5, END));
        assertThat(lake.opened).isEmpty();
    }

    @Test
    void whatRetentionTookComesFromTheHistory() {
        log.first = 12;
        lake.end = 20;
        lake.sealed = 20;
        assertThat(readAll(5)).isEqualTo(range(5, END));
        assertThat(lake.opened).containsExactly("[5, 12)");
        assertThat(log.opened).containsExactly(5L, 12L);
    }

    @Test
    void retentionThatGoesOnMeanwhileIsBridgedAgain() {
        log.first = 12;
        log.firstAfterOpening = 16;
        lake.end = 20;
        lake.sealed = 20;
        assertThat(readAll(5)).isEqualTo(range(5, END));
        assertThat(lake.opened).containsExactly("[5, 12)", "[12, 16)");
    }

    @Test
    void whatNeitherHoldsIsAnAlarmThatNamesExactlyThat() {
        log.first = 12;
        lake.end = 8;
        lake.sealed = 9;
        assertThatThrownBy(() -> readAll(5))
                .isInstanceOf(RangeMissing.class)
                .hasMessageContaining("[9, 12) of transactions/3");
    }

    @Test
    void whatIsSealedAndNotCommittedYetIsWaitedForWithoutAnAlarm() {
        log.first = 12;
        lake.end = 8;
        lake.sealed = 12;
        assertThatThrownBy(() -> readAll(5))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waits for the committer");
        lake.end = 12;
        assertThat(readAll(5)).isEqualTo(range(5, END));
    }

    @Test
    void aLogThatWasCutIsNeverBridged() {
        log.cut = true;
        lake.end = END;
        lake.sealed = END;
        assertThatThrownBy(() -> readAll(5)).isInstanceOf(RangeMissing.class).hasMessageContaining("was cut");
        assertThat(lake.opened).isEmpty();
    }

    private static List<LogRecord> records(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(offset -> new LogRecord(SOURCE, offset, 0, null, null, List.of()))
                .toList();
    }

    private static final class Log implements InputLog {
        private final List<Long> opened = new ArrayList<>();
        private long first;
        private long firstAfterOpening;
        private boolean cut;

        @Override
        public String topicId(LogPartition source) {
            return "id";
        }

        @Override
        public long firstOffset(LogPartition source) {
            return first;
        }

        @Override
        public long endOffset(LogPartition source) {
            return END;
        }

        @Override
        public LogReader open(LogPartition source, long from, int leaderEpoch) {
            opened.add(from);
            if (from == first) {
                first = Math.max(first, firstAfterOpening);
            }
            return new LogReader() {
                private long position = from;

                @Override
                public Fetch next() {
                    if (cut) {
                        throw RangeMissing.cut(source, 3, position);
                    }
                    if (position < first) {
                        throw RangeMissing.forgotten(source, position, first);
                    }
                    long to = Math.min(END, position + FETCH_MAX);
                    var fetch = new Fetch(position, to, 0, END - to, records(position, to));
                    position = to;
                    return fetch;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class Lake implements History {
        private final List<String> opened = new ArrayList<>();
        private long end;
        private long sealed;

        @Override
        public long end(LogPartition source) {
            return end;
        }

        @Override
        public long sealed(LogPartition source) {
            return sealed;
        }

        @Override
        public HistoryReader open(LogPartition source, long from, long to) {
            opened.add("[" + from + ", " + to + ")");
            return new HistoryReader() {
                private long position = from;

                @Override
                public Optional<Stretch> next() {
                    long next = Math.min(to, position + FETCH_MAX);
                    var stretch = new Stretch(position, next, records(position, next));
                    position = next;
                    return stretch.from() == stretch.to() ? Optional.empty() : Optional.of(stretch);
                }

                @Override
                public void close() {}
            };
        }
    }
}
