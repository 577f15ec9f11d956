package riskcluster.node.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import riskcluster.node.terminal.OutputFormat;

/** How an answer is shown, an option of every command that has one. */
final class Output {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, wide, json, jsonl, yaml or name. Default: table.",
            defaultValue = "table",
            completionCandidates = Words.class,
            converter = Reading.class)
    private OutputFormat format = OutputFormat.TABLE;

    OutputFormat format() {
        return format;
    }

    /** Reads the option in any case. */
    static final class Reading implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String value) {
            return OutputFormat.of(value)
                    .orElseThrow(() ->
                            new TypeConversionException(value + " is no format, allowed: " + OutputFormat.ALLOWED));
        }
    }

    /** What may be typed. */
    static final class Words extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1;

        Words() {
            for (var format : OutputFormat.values()) {
                add(format.word());
            }
        }
    }
}
