package riskcluster.node.demo;

import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.input.InputFile;

/** The records that a demo feeds, and what is known of them beforehand. */
sealed interface Supply extends Iterator<Supply.Item>, AutoCloseable {

    /** One record to send. */
    @SuppressWarnings("ArrayRecordComponent") // handed to the producer once
    record Item(byte @Nullable [] key, byte[] value) {}

    /** What the generator did on purpose, and the tables must show. */
    record Known(long bad, long resent) {}

    /** How many there will be, where that is known. */
    OptionalLong size();

    /** What is known of those that were given; nothing of a file's. */
    Optional<Known> known();

    @Override
    void close();

    static Supply of(DemoSettings settings, Instant now) throws IOException {
        return settings.input().isPresent()
                ? new File(InputFile.open(settings.input().get()), settings.records())
                : new Made(settings, now);
    }

    /** A file's records, or its first ones. */
    final class File implements Supply {
        private final InputFile file;
        private final long most;
        private long given;

        File(InputFile file, long records) {
            this.file = file;
            this.most = records > 0 ? records : Long.MAX_VALUE;
        }

        @Override
        public boolean hasNext() {
            return given < most && file.hasNext();
        }

        @Override
        public Item next() {
            given++;
            var record = file.next();
            return new Item(record.key(), record.value());
        }

        @Override
        public OptionalLong size() {
            var size = file.size();
            return size.isPresent() ? OptionalLong.of(Math.min(most, size.getAsLong())) : size;
        }

        @Override
        public Optional<Known> known() {
            return Optional.empty();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** The generator's records; the last of them happens now. */
    final class Made implements Supply {
        private final Generator generator;
        private final long most;
        private long given;
        private long bad;
        private long resent;

        Made(DemoSettings settings, Instant now) {
            var clock = EventClock.endingAt(now, settings.customers(), settings.records());
            this.generator =
                    new Generator(GeneratorSettings.usual(settings.seed()).withCustomers(settings.customers()), clock);
            this.most = settings.records();
        }

        @Override
        public boolean hasNext() {
            return given < most;
        }

        @Override
        public Item next() {
            given++;
            var record = generator.next();
            bad += record.bad() ? 1 : 0;
            resent += record.resent() ? 1 : 0;
            return new Item(record.key(), record.value());
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(most);
        }

        @Override
        public Optional<Known> known() {
            return Optional.of(new Known(bad, resent));
        }

        @Override
        public void close() {}
    }
}
