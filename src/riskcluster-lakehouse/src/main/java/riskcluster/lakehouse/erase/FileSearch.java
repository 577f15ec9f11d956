package riskcluster.lakehouse.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.TableDefinition;

/** Looks for a customer in every value of a file, whatever the file is: data, manifest or metadata. */
public final class FileSearch {

    private final Subject subject;
    private final FileIO io;

    public FileSearch(Subject subject, FileIO io) {
        this.subject = subject;
        this.io = io;
    }

    /** What the file tells of him: where, in a few words; empty where nothing. */
    public Optional<String> find(TableDefinition table, TableMetadata metadata, String path) {
        try {
            if (path.endsWith(".parquet")) {
                return inRows(table, metadata, path);
            }
            if (path.endsWith(".avro")) {
                return inManifest(path);
            }
            return path.endsWith(".json") ? inText(path) : Optional.of("nobody knows how to read it");
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot search " + path, failure);
        }
    }

    private Optional<String> inRows(TableDefinition table, TableMetadata metadata, String path) throws IOException {
        var personal = PersonalTable.ALL.stream()
                .filter(one -> one.table().equals(table))
                .findFirst();
        Schema texts = new Schema(metadata.schema().columns().stream()
                .filter(column -> hasText(column.type())
                        || personal.isPresent()
                                && Subject.columns(personal.get()).contains(column.name()))
                .toList());
        if (texts.columns().isEmpty()) {
            return Optional.empty();
        }
        try (var rows = Parquet.read(io.newInputFile(path))
                .project(texts)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(texts, type))
                .<Record>build()) {
            for (Record row : rows) {
                if (personal.isPresent() && subject.owns(personal.get(), row)) {
                    return Optional.of("a row of the customer");
                }
                for (Types.NestedField column : texts.columns()) {
                    if (tells(row.getField(column.name()))) {
                        return Optional.of("column " + column.name());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasText(Type type) {
        return switch (type.typeId()) {
            case STRING, BINARY -> true;
            case LIST -> hasText(type.asListType().elementType());
            case STRUCT -> type.asStructType().fields().stream().anyMatch(field -> hasText(field.type()));
            default -> false;
        };
    }

    private boolean tells(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case CharSequence text -> subject.tells(new String(text.toString().getBytes(UTF_8), ISO_8859_1));
            case ByteBuffer bytes -> subject.tells(new String(Subject.bytes(bytes), ISO_8859_1));
            case List<?> list -> list.stream().anyMatch(this::tells);
            case StructLike struct -> anyOf(struct);
            default -> false;
        };
    }

    private boolean anyOf(StructLike struct) {
        for (int i = 0; i < struct.size(); i++) {
            if (tells(struct.get(i, Object.class))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a manifest, or a list of them, has a bound that is his; entries of files that are gone have bounds too. */
    private Optional<String> inManifest(String path) throws IOException {
        try (var in = io.newInputFile(path).newStream();
                var entries = new DataFileStream<GenericRecord>(in, new GenericDatumReader<>())) {
            for (GenericRecord entry : entries) {
                if (isBound(entry)) {
                    return Optional.of("the bounds of a column");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isBound(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case GenericRecord entry ->
                entry.getSchema().getFields().stream().anyMatch(field -> isBound(entry.get(field.pos())));
            case Map<?, ?> map -> map.values().stream().anyMatch(this::isBound);
            case Collection<?> list -> list.stream().anyMatch(this::isBound);
            case ByteBuffer bytes -> subject.isBound(new String(Subject.bytes(bytes), ISO_8859_1));
            default -> false;
        };
    }

    private Optional<String> inText(String path) throws IOException {
        try (var in = io.newInputFile(path).newStream()) {
            return subject.tells(new String(in.readAllBytes(), ISO_8859_1))
                    ? Optional.of("its text")
                    : Optional.empty();
        }
    }
}
