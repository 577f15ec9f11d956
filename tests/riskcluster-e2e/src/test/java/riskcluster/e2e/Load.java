package riskcluster.e2e;

import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** Records at a steady rate until it is ended. */
final class Load implements AutoCloseable {

    private static final int CUSTOMERS = 3_000;
    private static final int RECORDS_PER_SECOND = 600;

    private final KafkaProducer<byte[], byte[]> producer;
    private final double badShare;
    private final Thread thread;
    private volatile boolean ended;

    private Load(OneMachine machine, double badShare) {
        this.producer = machine.producer();
        this.badShare = badShare;
        this.thread = Thread.ofPlatform().name("load").unstarted(this::run);
    }

    static Load start(OneMachine machine) {
        return start(machine, 0.02);
    }

    /** The same with this share of records that break the contract. */
    static Load start(OneMachine machine, double badShare) {
        var load = new Load(machine, badShare);
        load.thread.start();
        return load;
    }

    private void run() {
        var generator = new Generator(
                GeneratorSettings.usual(11)
                        .withCustomers(CUSTOMERS)
                        .withAlertShare(0.2)
                        .withBadShare(badShare)
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
