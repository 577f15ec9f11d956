package riskcluster.actors.partition;

import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.trace.LineFields;

/** Lines of the log that tell by name of which partition and which record they speak. */
final class Lines {

    private Lines() {}

    static LoggingEventBuilder of(Logger log, Level level, LogPartition source) {
        return log.atLevel(level).addKeyValue(LineFields.PARTITION, source.partition());
    }

    static LoggingEventBuilder of(Logger log, Level level, LogRecord record) {
        var line = of(log, level, record.source()).addKeyValue(LineFields.OFFSET, record.offset());
        return LineFields.traceId(record)
                .map(trace -> line.addKeyValue(LineFields.TRACE_ID, trace))
                .orElse(line);
    }

    /** Somebody was told the profile of a customer. */
    static void shown(Logger log, LogPartition source, PartitionPorts ports, String userId) {
        if (log.isInfoEnabled()) {
            var key = ports.scorer().pseudonyms().customer(ports.wanted().keyVersion(), userId);
            of(log, Level.INFO, source)
                    .addKeyValue(LineFields.CUSTOMER_KEY, key)
                    .log("the profile of a customer is shown to an operator");
        }
    }
}
