package riskcluster.actors.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.log.LogPartition;

class LogSourceTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final ActorTestKit kit = ActorTestKit.create("log-source", ConfigFactory.load());

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** Pekko gives such a source 16 threads of its own kind: the seventeenth partition of a node would wait for a poll. */
    @Test
    void pollsTakeTheThreadsThatAreMeantForThem() throws Exception {
        var log = new NamedLog();

        var madeBy = LogSource.of(log, SOURCE, 0, -1, fetch -> thread())
                .toMat(Sink.head(), Keep.right())
                .addAttributes(LogSource.RUN_WITH)
                .run(kit.system())
                .toCompletableFuture()
                .get(WAIT_MAX.toSeconds(), TimeUnit.SECONDS);

        assertThat(log.polledBy).contains("riskcluster.blocking-dispatcher");
        assertThat(madeBy).contains("riskcluster.blocking-dispatcher");
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    /** A log that remembers which thread polls it. */
    private static final class NamedLog implements InputLog {
        private volatile String polledBy = "";

        @Override
        public String topicId(LogPartition source) {
            return "topic-1";
        }

        @Override
        public long firstOffset(LogPartition source) {
            return 0;
        }

        @Override
        public long endOffset(LogPartition source) {
            return 1;
        }

        @Override
        public LogReader open(LogPartition source, long from, int leaderEpoch) {
            return new LogReader() {
                @Override
                public Fetch next() {
                    polledBy = thread();
                    return new Fetch(0, 1, 0, 0, List.of());
                }

                @Override
                public void close() {
                    polledBy = polledBy + ", closed";
                }
            };
        }
    }
}
