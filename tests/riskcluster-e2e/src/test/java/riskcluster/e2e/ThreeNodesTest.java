package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.cluster.LocalCluster;
import riskcluster.node.fault.Standing;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** Three processes as one cluster: one is killed, one leaves, and what is left is right. */
class ThreeNodesTest {

    private static final int PARTITIONS = 6;
    private static final int CUSTOMERS = 3_000;
    private static final int RECORDS_PER_SECOND = 600;
    private static final Duration FORMED_MAX = Duration.ofSeconds(120);
    private static final Duration LEFT_MAX = Duration.ofSeconds(60);
    private static final Duration THROUGH_MAX = Duration.ofSeconds(120);

    @Test
    void whatIsLeftIsRightWhenOneNodeIsKilledAndOneLeaves(@TempDir Path folder) throws Exception {
        try (var machine = OneMachine.start(folder, PARTITIONS);
                var cluster = LocalCluster.of(folder, machine.config(), 3);
                var load = Load.start(machine);
                var pauses = Pauses.listen(machine.bootstrap(), "alerts")) {
            var began = Instant.now();
            for (int node = 0; node < 3; node++) {
                cluster.start(node);
            }
            cluster.awaitEven(FORMED_MAX);
            assertThat(cluster.spread().values()).allSatisfy(here -> assertThat(here)
                    .hasSize(PARTITIONS / 3));

            var killed = Instant.now();
            cluster.node(0).kill();
            cluster.awaitEven(FORMED_MAX);
            var left = Instant.now();
            cluster.node(1).leave(LEFT_MAX);
            cluster.awaitEven(FORMED_MAX);
            var ended = Instant.now();

            load.end();
            Standing.await(machine.config(), THROUGH_MAX);
            System.out.println("formed in " + Duration.between(began, killed).toMillis() + " ms, even after the kill in "
                    + Duration.between(killed, left).toMillis() + " ms, left in "
                    + Duration.between(left, ended).toMillis() + " ms, through in "
                    + Duration.between(ended, Instant.now()).toMillis() + " ms");
            System.out.println("failover after kill -9, ms by partition: " + pauses.between(killed, left));
            System.out.println("pause of a graceful leave, ms by partition: " + pauses.between(left, ended));
            var judged = machine.judged();
            assertThat(judged.text()).as(judged.text()).contains("silver");
            assertThat(judged.status()).as(judged.text()).isZero();
        }
    }

    /** Records at a steady rate until it is ended. */
    private static final class Load implements AutoCloseable {

        private final KafkaProducer<byte[], byte[]> producer;
        private final Thread thread;
        private volatile boolean ended;

        private Load(OneMachine machine) {
            this.producer = machine.producer();
            this.thread = Thread.ofPlatform().name("load").unstarted(this::run);
        }

        static Load start(OneMachine machine) {
            var load = new Load(machine);
            load.thread.start();
            return load;
        }

        private void run() {
            var generator = new Generator(
                    GeneratorSettings.usual(11)
                            .withCustomers(CUSTOMERS)
                            .withAlertShare(0.2)
                            .withBadShare(0.02)
                            .withLateShare(0.03)
                            .withDuplicateShare(0.03),
                    EventClock.natural(EventClock.USUAL_START, CUSTOMERS));
            long began = System.nanoTime();
            for (long index = 0; !ended; index++) {
                long due = began + index * 1_000_000_000L / RECORDS_PER_SECOND;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                var record = generator.next();
                producer.send(new ProducerRecord<>("transactions", record.key(), record.value()));
            }
        }

        void end() throws InterruptedException {
            ended = true;
            thread.join();
            producer.flush();
        }

        @Override
        public void close() {
            ended = true;
            producer.close();
        }
    }
}
