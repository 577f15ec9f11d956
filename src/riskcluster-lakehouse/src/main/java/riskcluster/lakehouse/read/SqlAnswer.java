package riskcluster.lakehouse.read;

/** How a query ended. */
public sealed interface SqlAnswer {

    /** All rows were handed over. */
    record Done(long rows) implements SqlAnswer {}

    /** The statement is wrong or not allowed; nothing was read or changed by it. */
    record Refused(String why) implements SqlAnswer {}
}
