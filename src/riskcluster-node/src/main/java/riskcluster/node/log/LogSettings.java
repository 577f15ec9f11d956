package riskcluster.node.log;

import java.util.Optional;

/**
 * What a node is told about its log.
 *
 * @param level of the least line that is told; without one, what the start of the program says, else WARN
 */
public record LogSettings(LogFormat format, Optional<LogLevel> level) {}
