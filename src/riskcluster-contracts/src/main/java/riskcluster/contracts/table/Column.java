package riskcluster.contracts.table;

/**
 * One column of a table, or one field of a struct in it.
 *
 * @param id the field id in data files; never reused, never changed
 * @param required whether every row has a value
 * @param comment what it holds, with its unit, for whoever queries the table
 */
public record Column(int id, String name, ColumnType type, boolean required, String comment) {

    public Column {
        if (id < 1) {
            throw new IllegalArgumentException("column " + name + " has id " + id + ", allowed: 1 or more");
        }
        if (name.isEmpty() || comment.isEmpty()) {
            throw new IllegalArgumentException("column " + id + " needs a name and a comment");
        }
    }

    static Column required(int id, String name, ColumnType type, String comment) {
        return new Column(id, name, type, true, comment);
    }

    static Column optional(int id, String name, ColumnType type, String comment) {
        return new Column(id, name, type, false, comment);
    }
}
