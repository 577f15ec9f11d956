package riskcluster.lakehouse.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
        message sheet {
          required binary name (STRING);
          optional binary place (STRING);
          required binary id (STRING);
          optional binary raw;
          required int64 offset;
          required int32 hour;
          optional boolean flag;
          optional double chance;
          required group vector (LIST) { repeated group list { required float element; } }
          required group notes (LIST) { repeated group list { required binary name (STRING); optional binary value; } }
          required fixed_len_byte_array(16) total (DECIMAL(38, 4));
          required float single;
          required group tags (LIST) { repeated group list { required group element { optional binary tag (STRING); } } }
        }\
        """);

    @TempDir
    private Path folder;

    /** One row; the lists may be empty and everything optional may be missing. */
    private record Row(
            String name,
            @Nullable String place,
            String id,
            byte @Nullable [] raw,
            long offset,
            int hour,
            @Nullable Boolean flag,
            double chance,
            List<Float> vector,
            List<Note> notes) {}

    private record Note(String name, @Nullable String value) {}

    private final Columns columns = new Columns(SCHEMA, ColumnsTest::isBounded);
    private final Texts name = columns.texts("name");
    private final Texts place = columns.texts("place");
    private final PlainBytes id = columns.plainBytes("id");
    private final PlainBytes raw = columns.plainBytes("raw");
    private final PlainNumbers offset = columns.plainNumbers("offset");
    private final Numbers hour = columns.numbers("hour");
    private final Flags flag = columns.flags("flag");
    private final Reals chance = columns.reals("chance");
    private final Vectors vector = columns.vectors("vector.list.element");
    private final Texts noteName = columns.texts("notes.list.name");
    private final PlainBytes noteValue = columns.plainBytes("notes.list.value");

    private final WideNumbers total = columns.wideNumbers("total");
    private final Singles single = columns.singles("single");
    private final Texts tag = columns.texts("tags.list.element.tag");

    private static boolean isBounded(ColumnDescriptor column) {
        return column.getMaxRepetitionLevel() == 0 && !column.getPath()[0].equals("single");
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 7, 19_999, 20_000, 20_001, 45_003})
    void everyRowReadsBackAsItWasAcrossPages(int count) throws IOException {
        var rows = rows(new Random(count), count, 50);

        assertThat(readBack(write(rows, "pages")))
                .isEqualTo(rows.stream().map(ColumnsTest::text).toList());
    }

    @Test
    void aColumnWhoseDictionaryWouldNotPayReadsBackAsItWas() throws IOException {
        var rows = rows(new Random(5), 3_000, 1_000_000);

        assertThat(readBack(write(rows, "plain")))
                .isEqualTo(rows.stream().map(ColumnsTest::text).toList());
    }

    @Test
    void moreTextsThanAreRememberedAreFoundAgainAlthoughTheyHaveOneHash() throws IOException {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < 6_000; i++) {
            rows.add(new Row(ofOneHash(i % 2_003), null, "id", null, i, 5, null, Double.NaN, List.of(), List.of()));
        }
        var file = write(rows, "one-hash");

        assertThat(readBack(file))
                .isEqualTo(rows.stream().map(ColumnsTest::text).toList());
        assertThat(footer(file).getColumns().getFirst().hasDictionaryPage()).isTrue();
    }

    /** Another text for each number below 2,048; all have the same hash. */
    private static String ofOneHash(int number) {
        var text = new StringBuilder();
        for (int bit = 0; bit < 11; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @Test
    void columnsThatAreUsedAgainHoldNothingOfTheFileBefore() throws IOException {
        write(rows(new Random(6), 25_000, 9), "first");
        columns.clear();
        var rows = rows(new Random(7), 300, 9);

        assertThat(readBack(write(rows, "second")))
                .isEqualTo(rows.stream().map(ColumnsTest::text).toList());
    }

    @Test
    void theFooterTellsBoundsInTheOrderOfBytesAndCountsWhatIsMissing() throws IOException {
        var rows = new ArrayList<Row>();
        for (var each : List.of("z", "é", "a", "𝄞")) {
            rows.add(new Row(each, null, "id-" + each, null, rows.size(), 5, null, Double.NaN, List.of(), List.of()));
        }
        var footer = footer(write(rows, "bounds"));

        assertThat(footer.getColumns().get(0).getStatistics().minAsString()).isEqualTo("a");
        assertThat(footer.getColumns().get(0).getStatistics().maxAsString()).isEqualTo("𝄞");
        assertThat(footer.getColumns().get(1).getStatistics().getNumNulls()).isEqualTo(4);
        assertThat(footer.getColumns().get(4).getStatistics().minAsString()).isEqualTo("0");
        assertThat(footer.getColumns().get(4).getStatistics().maxAsString()).isEqualTo("3");
        assertThat(footer.getColumns().get(8).getStatistics().isEmpty()).isTrue();
        assertThat(footer.getColumns().get(11).getStatistics().minAsString()).isEqualTo("0.0000");
        assertThat(footer.getColumns().get(11).getStatistics().maxAsString()).isEqualTo("0.0003");
    }

    private static List<Row> rows(Random random, int count, int kinds) {
        var rows = new ArrayList<Row>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new Row(
                    "name-é-" + random.nextInt(kinds),
                    random.nextInt(3) == 0 ? null : "place-" + random.nextInt(kinds),
                    "id-" + random.nextLong(),
                    random.nextInt(5) == 0 ? null : ("raw" + random.nextInt()).getBytes(StandardCharsets.UTF_8),
                    random.nextLong(),
                    random.nextInt(kinds) - kinds / 2,
                    random.nextInt(4) == 0 ? null : random.nextBoolean(),
                    random.nextInt(4) == 0 ? Double.NaN : random.nextDouble(),
                    random.ints(random.nextInt(4)).mapToObj(bits -> bits / 7f).toList(),
                    random.ints(random.nextInt(3), 0, 9)
                            .mapToObj(note -> new Note("note-" + note, note < 3 ? null : "value-" + note))
                            .toList()));
        }
        return rows;
    }

    private Path write(List<Row> rows, String file) throws IOException {
        rows.forEach(this::add);
        var path = folder.resolve(file + ".parquet");
        try (var zstd = new ZstdPages()) {
            var writer = new ParquetFileWriter(
                    new LocalOutputFile(path),
                    SCHEMA,
                    ParquetFileWriter.Mode.CREATE,
                    1L << 20,
                    0,
                    null,
                    ParquetProperties.builder().build());
            writer.start();
            columns.write(writer, zstd);
            writer.end(Map.of());
        }
        return path;
    }

    private void add(Row row) {
        columns.beginRow();
        name.add(row.name());
        place.add(row.place());
        id.add(row.id());
        raw.add(row.raw());
        offset.add(row.offset());
        hour.add(row.hour());
        flag.add(row.flag());
        chance.add(row.chance());
        var elements = new float[row.vector().size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = row.vector().get(i);
        }
        vector.add(elements);
        if (row.notes().isEmpty()) {
            noteName.addNone();
            noteValue.addNone();
        }
        for (int i = 0; i < row.notes().size(); i++) {
            var note = row.notes().get(i);
            noteName.add(note.name(), Math.min(i, 1));
            noteValue.add(note.value() == null ? null : note.value().getBytes(StandardCharsets.UTF_8), Math.min(i, 1));
        }
        total.add(row.offset() >> 63, row.offset());
        single.add((float) row.chance());
        tag.addOptional(row.place(), 0);
        tag.addOptional(row.name(), 1);
        columns.endRow();
    }

    private static BlockMetaData footer(Path file) throws IOException {
        try (var reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getFooter().getBlocks().getFirst();
        }
    }

    /** With Parquet's own reader, row by row as text. */
    private static List<String> readBack(Path file) throws IOException {
        var texts = new ArrayList<String>();
        try (var reader = ParquetFileReader.open(new LocalInputFile(file))) {
            var io = new ColumnIOFactory().getColumnIO(SCHEMA);
            for (var pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                var records = io.getRecordReader(pages, new GroupRecordConverter(SCHEMA));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    texts.add(text(records.read()));
                }
            }
        }
        return texts;
    }

    private static String text(Row row) {
        return row.name() + "|" + row.place() + "|" + row.id() + "|"
                + (row.raw() == null ? null : new String(row.raw(), StandardCharsets.UTF_8)) + "|" + row.offset() + "|"
                + row.hour() + "|" + row.flag() + "|" + (Double.isNaN(row.chance()) ? null : row.chance()) + "|"
                + row.vector() + "|" + row.notes() + "|" + row.offset() + "|" + (float) row.chance() + "|"
                + Arrays.asList(row.place(), row.name());
    }

    private static String text(Group row) {
        return row.getString("name", 0) + "|" + optional(row, "place") + "|" + row.getString("id", 0) + "|"
                + optional(row, "raw") + "|" + row.getLong("offset", 0) + "|" + row.getInteger("hour", 0) + "|"
                + optional(row, "flag") + "|" + optional(row, "chance") + "|" + vector(row.getGroup("vector", 0)) + "|"
                + notes(row.getGroup("notes", 0)) + "|"
                + new BigInteger(row.getBinary("total", 0).getBytes()) + "|" + row.getFloat("single", 0) + "|"
                + tags(row.getGroup("tags", 0));
    }

    private static List<@Nullable String> tags(Group group) {
        var tags = new ArrayList<@Nullable String>();
        for (int i = 0; i < group.getFieldRepetitionCount("list"); i++) {
            var element = group.getGroup("list", i).getGroup("element", 0);
            tags.add(element.getFieldRepetitionCount("tag") == 0 ? null : element.getString("tag", 0));
        }
        return tags;
    }

    private static @Nullable String optional(Group row, String field) {
        if (row.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return field.equals("raw")
                ? new String(row.getBinary(field, 0).getBytes(), StandardCharsets.UTF_8)
                : row.getValueToString(row.getType().getFieldIndex(field), 0);
    }

    private static List<Float> vector(Group group) {
        var elements = new ArrayList<Float>();
        for (int i = 0; i < group.getFieldRepetitionCount("list"); i++) {
            elements.add(group.getGroup("list", i).getFloat("element", 0));
        }
        return elements;
    }

    private static List<Note> notes(Group group) {
        var notes = new ArrayList<Note>();
        for (int i = 0; i < group.getFieldRepetitionCount("list"); i++) {
            var note = group.getGroup("list", i);
            boolean missing = note.getFieldRepetitionCount("value") == 0;
            notes.add(new Note(
                    note.getString("name", 0),
                    missing ? null : note.getBinary("value", 0).toStringUsingUTF8()));
        }
        return notes;
    }
}
