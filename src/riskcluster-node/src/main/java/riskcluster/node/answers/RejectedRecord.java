package riskcluster.node.answers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Header;
import riskcluster.node.view.Coordinates;

/** A record that was rejected, byte for byte as it stood on the input. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RejectedRecord(Coordinates source, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {

    /** Tells consumers and auditors which record was sent again. */
    static final String RETRY_OF = "dq_retry_of";

    RejectedRecord {
        headers = List.copyOf(headers);
    }

    /** Asks for its bytes as hexadecimal text: as a text they might not come back as they were. */
    static String query(Coordinates source) {
        return "SELECT hex(key) AS key, hex(value) AS value,"
                + " [{'name': h.name, 'value': hex(h.value)} FOR h IN headers] AS headers"
                + " FROM bronze.rejected WHERE reason <> 'erased' AND " + source.sql();
    }

    static RejectedRecord of(Coordinates source, Map<String, Object> row) {
        var headers = new ArrayList<Header>();
        if (row.get("headers") instanceof List<?> list) {
            list.forEach(header -> headers.add(header(header)));
        }
        return new RejectedRecord(source, bytes(row.get("key")), bytes(row.get("value")), headers);
    }

    private static Header header(@Nullable Object header) {
        if (!(header instanceof Map<?, ?> fields)) {
            throw new IllegalStateException("a header is read as " + header);
        }
        return new Header(String.valueOf(fields.get("name")), bytes(fields.get("value")));
    }

    private static byte @Nullable [] bytes(@Nullable Object hex) {
        return hex == null ? null : HexFormat.of().withUpperCase().parseHex(hex.toString());
    }

    /** The same bytes for the same partition, where the customer lives, and a header that says what they are. */
    ProducerRecord<byte[], byte[]> again() {
        var again = new ProducerRecord<byte[], byte[]>(source.topic(), source.partition(), key, value);
        for (var header : headers) {
            if (!header.name().equals(RETRY_OF)) {
                again.headers().add(new RecordHeader(header.name(), header.value()));
            }
        }
        again.headers().add(RETRY_OF, source.toString().getBytes(StandardCharsets.UTF_8));
        return again;
    }
}
