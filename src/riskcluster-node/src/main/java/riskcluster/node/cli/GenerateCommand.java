package riskcluster.node.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import riskcluster.node.feed.Feeder;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generated;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;

/** Writes made-up transactions to a file, to standard output or to a topic. */
@Command(
        name = "generate",
        description = "Makes transactions of a made-up bank: customers with habits, and fraud among them. The same"
                + " seed gives the same transactions. Labels go to a file of their own.",
        footer = {
            "",
            "Examples:",
            "  riskcluster generate --records 1000 > transactions.jsonl",
            "  riskcluster generate --records 1000000 --seed 7 --out t.jsonl --labels labels.csv",
            "  riskcluster generate --kafka 127.0.0.1:9092 --rate 100 --records 10000"
        })
final class GenerateCommand implements Callable<Integer> {

    private static final byte[] LABEL_HEADER = "transaction_id,scenario\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_BYTES = 1 << 16;

    private final Screen screen;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "How many. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private long records;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Which bank. Default: ${DEFAULT-VALUE}.",
            defaultValue = "42")
    private long seed;

    @Option(
            names = "--customers",
            paramLabel = "N",
            description = "How many customers. Default: ${DEFAULT-VALUE}.",
            defaultValue = "50000")
    private int customers;

    @Option(
            names = "--alert-share",
            paramLabel = "SHARE",
            description = "Share that the default rules answer with an alert, about. Default: ${DEFAULT-VALUE}.",
            defaultValue = "0.01")
    private double alertShare;

    @Option(
            names = "--bad-share",
            paramLabel = "SHARE",
            description = "Share that breaks the data contract. Default: ${DEFAULT-VALUE}.",
            defaultValue = "0")
    private double badShare;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "When the first happens; each customer pays about once a day from there on. Default:"
                    + " ${DEFAULT-VALUE}.",
            defaultValue = "2025-01-06T00:00:00Z",
            converter = Time.class)
    private Instant start = EventClock.USUAL_START;

    @Option(names = "--labels", paramLabel = "FILE", description = "Also write which scenario each belongs to, as CSV.")
    private @Nullable Path labels;

    @ArgGroup
    private Target target = new Target();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Send so many a second to Kafka. Default: as fast as it goes.",
            defaultValue = "0",
            showDefaultValue = Visibility.NEVER)
    private double rate;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            description = "Topic to send to. Default: ${DEFAULT-VALUE}.",
            defaultValue = "transactions")
    private String topic = "transactions";

    GenerateCommand(Screen screen) {
        this.screen = screen;
    }

    /** Where they go: one of these. */
    private static final class Target {
        @Option(names = "--out", paramLabel = "FILE", description = "JSON lines. Default: standard output.")
        private @Nullable Path out;

        @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Send them to this Kafka instead.")
        private @Nullable String kafka;
    }

    @Override
    public Integer call() throws IOException {
        var settings = GeneratorSettings.usual(seed)
                .clean()
                .withCustomers(customers)
                .withAlertShare(alertShare)
                .withBadShare(badShare);
        var generator = new Generator(settings, EventClock.natural(start, customers));
        try (var labelled = labels == null ? OutputStream.nullOutputStream() : file(labels)) {
            labelled.write(LABEL_HEADER);
            if (target.kafka != null) {
                send(target.kafka, generator, labelled);
            } else if (target.out != null) {
                try (var out = file(target.out)) {
                    write(generator, out, labelled);
                }
            } else {
                write(generator, screen.out(), labelled);
            }
        }
        return Exit.FINE;
    }

    private void write(Generator generator, OutputStream out, OutputStream labelled) throws IOException {
        for (var i = 0L; i < records; i++) {
            var record = generator.next();
            out.write(record.value());
            out.write('\n');
            label(record, labelled);
        }
        out.flush();
    }

    private void send(String bootstrap, Generator generator, OutputStream labelled) throws IOException {
        try (var feeder = new Feeder(bootstrap, topic, rate)) {
            for (var i = 0L; i < records; i++) {
                var record = generator.next();
                feeder.send(record.key(), record.value());
                label(record, labelled);
            }
            feeder.flush();
            screen.out().println(feeder.acknowledged() + " records sent to " + topic);
        }
    }

    private static void label(Generated record, OutputStream labelled) throws IOException {
        labelled.write(
                (record.transactionId() + "," + record.scenario().label() + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static OutputStream file(Path path) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
    }

    /** Reads a point in time. */
    private static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String value) {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(value + " is no time, write it like 2025-01-06T00:00:00Z");
            }
        }
    }
}
