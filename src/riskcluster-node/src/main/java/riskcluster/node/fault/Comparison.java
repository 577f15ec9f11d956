package riskcluster.node.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.node.NodeConfig;

/** Looks for anything in which two clusters over the same input differ, or in which one breaks the contract by itself. */
final class Comparison {

    private static final int CONNECTIONS_MAX = 2;
    private static final int SHOWN_MAX = 10;

    private final List<String> counts = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final Map<Place, Long> sent;
    private long lost;
    private long doubled;

    /** @param sent the fingerprint of every record that was really produced */
    Comparison(Sent sent) {
        this.sent = sent.all();
        counts.add(this.sent.size() + " records produced");
    }

    List<String> counts() {
        return counts;
    }

    /** How many records that were produced are in no bronze table. */
    long lost() {
        return lost;
    }

    /** How many records are in bronze more than once. */
    long doubled() {
        return doubled;
    }

    /** How many records were produced. */
    long records() {
        return sent.size();
    }

    List<String> findings() {
        return findings;
    }

    void compare(NodeConfig disturbed, NodeConfig undisturbed) throws IOException {
        try (var here = LedgerPool.open(
                        disturbed.jdbcUrl(), disturbed.databaseUser(), disturbed.databasePassword(), CONNECTIONS_MAX);
                var there = LedgerPool.open(
                        undisturbed.jdbcUrl(),
                        undisturbed.databaseUser(),
                        undisturbed.databasePassword(),
                        CONNECTIONS_MAX)) {
            var ours = new LakeCatalog(here, Warehouse.at(disturbed.warehouse(), disturbed.access()));
            var theirs = new LakeCatalog(there, Warehouse.at(undisturbed.warehouse(), undisturbed.access()));
            for (TableDefinition table : Tables.RECORDS) {
                compare(new TableShelf(ours, table), new TableShelf(theirs, table));
            }
            for (TableDefinition table : Tables.GOLD) {
                var summed = SummedRows.of(ours, table);
                counts.add(summed.size() + " in " + table.qualifiedName());
                findings.addAll(summed.differences(SummedRows.of(theirs, table)));
            }
            truth(ours);
        }
        topics(disturbed, undisturbed);
    }

    private void topics(NodeConfig disturbed, NodeConfig undisturbed) throws IOException {
        var alerts = compare(
                topic(disturbed, disturbed.topics().alerts(), "alerts"),
                topic(undisturbed, undisturbed.topics().alerts(), "alerts"));
        var letters = compare(
                topic(disturbed, disturbed.topics().deadLetters(), "dead letters"),
                topic(undisturbed, undisturbed.topics().deadLetters(), "dead letters"));
        var anomalies = compare(
                topic(disturbed, disturbed.topics().anomalyAlerts(), "anomalies"),
                topic(undisturbed, undisturbed.topics().anomalyAlerts(), "anomalies"));
        order(disturbed, disturbed.topics().alerts());
        order(disturbed, disturbed.topics().deadLetters());
        fast(disturbed, disturbed.topics().alerts(), alerts);
        fast(disturbed, disturbed.topics().deadLetters(), letters);
        fast(disturbed, disturbed.topics().anomalyAlerts(), anomalies);
    }

    private static TopicShelf topic(NodeConfig config, String topic, String name) {
        return new TopicShelf(new TopicReader(config.kafkaBootstrap(), topic, IsolationLevel.READ_COMMITTED), name);
    }

    private Contents compare(Shelf disturbed, Shelf undisturbed) throws IOException {
        var ours = Contents.of(disturbed);
        var theirs = Contents.of(undisturbed);
        counts.add(ours.size() + " in " + disturbed.name());
        findings.addAll(ours.repetitions());
        theirs.repetitions().forEach(each -> findings.add("undisturbed: " + each));
        findings.addAll(ours.differences(theirs));
        return ours;
    }

    /** An exact reader sees each partition's messages in the order of the input, each once. */
    private void order(NodeConfig config, String topic) {
        var last = new HashMap<Integer, Place>();
        new TopicReader(config.kafkaBootstrap(), topic, IsolationLevel.READ_COMMITTED).forEach(message -> {
            var place = TopicShelf.place(message);
            var before = last.put(message.partition(), place);
            if (before != null && before.compareTo(place) >= 0 && findings.size() < SHOWN_MAX) {
                findings.add(topic + ": input " + place + " comes after " + before);
            }
        });
    }

    /** A fast reader may see a message again, but never one that an exact reader does not see word for word. */
    private void fast(NodeConfig config, String topic, Contents exact) throws IOException {
        var seen = new HashMap<Place, byte[]>();
        topic(config, topic, topic).show((place, content, text) -> seen.put(place, content));
        var again = new int[1];
        var shelf = new TopicShelf(
                new TopicReader(config.kafkaBootstrap(), topic, IsolationLevel.READ_UNCOMMITTED), topic + " read fast");
        shelf.show((place, content, text) -> {
            again[0]++;
            if (!exact.has(place)) {
                findings.add(shelf.name() + ": input " + place + " was taken back: " + text.get());
            } else if (!Arrays.equals(content, seen.get(place))) {
                findings.add(shelf.name() + ": input " + place + " was told otherwise before: " + text.get());
            }
        });
        counts.add(again[0] - seen.size() + " more seen by a fast reader of " + topic);
    }

    /** Every record that was produced is in exactly one bronze table, byte for byte; every decided one in silver. */
    private void truth(LakeCatalog catalog) throws IOException {
        var left = new HashMap<>(sent);
        var decided = new HashMap<Place, Integer>();
        for (var table : List.of(Tables.BRONZE_TRANSACTIONS, Tables.BRONZE_REJECTED)) {
            var shelf = new TableShelf(catalog, table);
            shelf.rows(row -> {
                var place = shelf.place(row);
                var fingerprint = left.remove(place);
                if (fingerprint == null) {
                    doubled += sent.containsKey(place) ? 1 : 0;
                    finding(table, place, sent.containsKey(place) ? "is there a second time" : "was never produced");
                } else if (fingerprint
                        != Sent.fingerprint(
                                TableShelf.bytes(row.getField("key")), TableShelf.bytes(row.getField("value")))) {
                    finding(table, place, "has another key or value than was produced");
                }
                if (table.equals(Tables.BRONZE_TRANSACTIONS) && "decided".equals(row.getField("disposition"))) {
                    decided.merge(place, 1, Integer::sum);
                }
            });
        }
        lost = left.size();
        left.keySet().stream().sorted().limit(SHOWN_MAX).forEach(place -> findings.add("input " + place + " was lost"));
        silver(catalog, decided);
    }

    private void silver(LakeCatalog catalog, Map<Place, Integer> decided) throws IOException {
        var shelf = new TableShelf(catalog, Tables.SILVER_TRANSACTIONS);
        shelf.rows(row -> {
            if (decided.remove(shelf.place(row)) == null) {
                finding(Tables.SILVER_TRANSACTIONS, shelf.place(row), "is not a decided record of bronze");
            }
        });
        decided.keySet().stream()
                .sorted()
                .limit(SHOWN_MAX)
                .forEach(place -> findings.add("input " + place + " is decided in bronze and missing in silver"));
    }

    private void finding(TableDefinition table, Place place, String what) {
        if (findings.size() < SHOWN_MAX * SHOWN_MAX) {
            findings.add(table.qualifiedName() + ": input " + place + " " + what);
        }
    }
}
