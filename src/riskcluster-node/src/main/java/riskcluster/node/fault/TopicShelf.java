package riskcluster.node.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.alert.AnomalyAlert;

/** The messages of a topic of alerts, anomalies or dead letters: partition, key, body and headers, all but {@code ce_source}. */
final class TopicShelf implements Shelf {

    /** Names the cluster, and so differs between runs. */
    private static final String SOURCE_HEADER = "ce_source";

    private final TopicReader reader;
    private final String name;

    TopicShelf(TopicReader reader, String name) {
        this.reader = reader;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void show(Visitor visitor) {
        reader.forEach(message -> visitor.see(place(message), content(message), () -> text(message)));
    }

    /** The input record that a message tells of; for an anomaly a number of its id, since a record may close several. */
    static Place place(ConsumerRecord<byte[], byte[]> message) {
        var offset = message.headers().lastHeader("dq_offset");
        if (offset != null) {
            var partition = Objects.requireNonNull(message.headers().lastHeader("dq_partition"));
            return new Place(number(partition.value()), Long.parseLong(new String(offset.value(), UTF_8)));
        }
        var id = Objects.requireNonNull(message.headers().lastHeader("ce_id"), "a message of nobody's");
        if (message.headers().lastHeader(AnomalyAlert.CAUSE) != null) {
            return new Place(
                    message.partition(), UUID.nameUUIDFromBytes(id.value()).getMostSignificantBits());
        }
        var parts = new String(id.value(), UTF_8).split("/");
        return new Place(Integer.parseInt(parts[parts.length - 2]), Long.parseLong(parts[parts.length - 1]));
    }

    private static int number(byte[] text) {
        return Integer.parseInt(new String(text, UTF_8));
    }

    private static byte[] content(ConsumerRecord<byte[], byte[]> message) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(message.partition());
            write(out, message.key());
            write(out, message.value());
            for (var header : message.headers()) {
                if (!header.key().equals(SOURCE_HEADER)) {
                    write(out, header.key().getBytes(UTF_8));
                    write(out, header.value());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it is memory
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> message) {
        var text = new StringBuilder("partition=" + message.partition() + " offset=" + message.offset());
        text.append(" value=").append(message.value() == null ? "null" : new String(message.value(), UTF_8));
        message.headers()
                .forEach(header -> text.append(' ')
                        .append(header.key())
                        .append('=')
                        .append(header.value() == null ? "null" : new String(header.value(), UTF_8)));
        return text.toString();
    }
}
