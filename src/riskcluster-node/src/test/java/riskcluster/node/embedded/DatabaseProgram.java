package riskcluster.node.embedded;

import java.nio.file.Path;

/** Starts a database, commits a row and waits for its end. */
final class DatabaseProgram {
    private DatabaseProgram() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws Exception {
        var database = EmbeddedDatabase.start(Path.of(arguments[0]), 0);
        EmbeddedDatabaseTest.write(database.jdbcUrl());
        System.out.println("ready");
        // Returns only at the end of a stream that nobody closes.
        System.exit(System.in.read());
    }
}
