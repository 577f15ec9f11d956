package riskcluster.node.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How answers are printed. */
enum OutputFormat {
    /** For people. */
    TABLE,
    /** For programs. */
    JSON;

    /** Reads the option in any case. */
    static final class Converter implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "table" -> TABLE;
                case "json" -> JSON;
                default -> throw new TypeConversionException(value + " is no format, allowed: table, json");
            };
        }
    }
}
