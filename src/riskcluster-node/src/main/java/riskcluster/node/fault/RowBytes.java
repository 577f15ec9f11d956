package riskcluster.node.fault;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** A table's row as bytes that are equal for equal rows and for no others: floats bit by bit, lists in their order. */
final class RowBytes {

    private final Set<String> without;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** @param without columns that no comparison looks at */
    RowBytes(Set<String> without) {
        this.without = without;
    }

    byte[] of(Record row) {
        bytes.reset();
        try {
            for (var field : row.struct().fields()) {
                if (!without.contains(field.name())) {
                    write(row.getField(field.name()));
                }
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it is memory
        }
        return bytes.toByteArray();
    }

    private void write(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte(0);
            case Float number -> out.writeInt(Float.floatToRawIntBits(number));
            case Double number -> out.writeLong(Double.doubleToRawLongBits(number));
            case Integer number -> out.writeInt(number);
            case Long number -> out.writeLong(number);
            case Boolean truth -> out.writeBoolean(truth);
            case BigDecimal number -> text(number.toString());
            case OffsetDateTime time -> {
                out.writeLong(time.toEpochSecond());
                out.writeInt(time.getNano());
            }
            case ByteBuffer content -> {
                out.writeInt(content.remaining());
                out.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
            }
            case List<?> list -> {
                out.writeInt(list.size());
                for (var each : list) {
                    write(each);
                }
            }
            case StructLike struct -> {
                out.writeInt(struct.size());
                for (int i = 0; i < struct.size(); i++) {
                    write(struct.get(i, Object.class));
                }
            }
            default -> text(value.toString());
        }
    }

    private void text(String text) throws IOException {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /** The row for people. */
    String text(Record row) {
        var text = new StringBuilder();
        for (var field : row.struct().fields()) {
            if (!without.contains(field.name())) {
                var value = row.getField(field.name());
                text.append(field.name())
                        .append('=')
                        .append(value instanceof ByteBuffer content ? hex(content) : value);
                text.append(' ');
            }
        }
        return text.toString().strip();
    }

    private static String hex(ByteBuffer content) {
        var copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
