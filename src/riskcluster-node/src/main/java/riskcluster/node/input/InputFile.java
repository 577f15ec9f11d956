package riskcluster.node.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The transactions of one file, in the file's order and in flat memory. A file that turns out to be broken further on
 * throws {@link java.io.UncheckedIOException} there. Used by one thread.
 */
public sealed interface InputFile extends Iterator<InputRecord>, AutoCloseable permits TableFile, LinesFile {

    /** How many records there are, where the file tells without being read. */
    OptionalLong size();

    @Override
    void close();

    /**
     * Opens a Parquet file, a CSV file with a header or a file of JSON lines (CSV and JSON lines also as {@code .gz}).
     *
     * @throws InputRefused when it is none of them or lacks a column
     */
    static InputFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputRefused(file, "there is no such file");
        }
        return switch (format(file)) {
            case PARQUET -> TableFile.parquet(file);
            case CSV -> TableFile.csv(file);
            case LINES -> LinesFile.open(file);
        };
    }

    /** What kind of file it is. */
    enum Format {
        PARQUET,
        CSV,
        LINES
    }

    private static Format format(Path file) throws IOException {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".parquet")) {
            return Format.PARQUET;
        } else if (name.endsWith(".csv")) {
            return Format.CSV;
        } else if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
            return Format.LINES;
        }
        return formatByContent(file);
    }

    private static Format formatByContent(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        }
        if (Arrays.equals(start, new byte[] {'P', 'A', 'R', '1'})) {
            return Format.PARQUET;
        }
        return start.length > 0 && start[0] == '{' ? Format.LINES : Format.CSV;
    }
}
