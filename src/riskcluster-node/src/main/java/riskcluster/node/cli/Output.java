package riskcluster.node.cli;

import picocli.CommandLine.Option;

/** How an answer is shown, an option of every command that has one. */
final class Output {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table or json. Default: table.",
            defaultValue = "table",
            converter = OutputFormat.Converter.class)
    private OutputFormat format = OutputFormat.TABLE;

    OutputFormat format() {
        return format;
    }
}
