package riskcluster.node.log;

/** How lines are written to standard error. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** A JSON object on a line, for whoever collects logs. */
    JSON
}
