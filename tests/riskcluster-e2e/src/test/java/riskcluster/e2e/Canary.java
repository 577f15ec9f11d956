package riskcluster.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import riskcluster.contracts.table.Tables;
import riskcluster.node.RiskNode;
import riskcluster.node.answers.LiveNode;
import riskcluster.node.metrics.Metrics;
import riskcluster.node.view.Reply;
import riskcluster.node.view.SqlView;

/**
 * A card number in a field that nobody knows: in a transaction that raises an alert, and in one that is rejected; and
 * every place where it is found.
 */
final class Canary {

    /** How many records it sends. */
    static final int SENT = 2;

    private static final String CARD = "4929123412341234";
    private static final String CARD_IN_HEX = HexFormat.of().formatHex(CARD.getBytes(UTF_8));
    private static final Duration POLL = Duration.ofMillis(200);

    private Canary() {}

    /** Sends it and holds where it is found against where the contract says that all bytes are kept. */
    static void isKeptWhereBytesAre(OneMachine machine, RiskNode node) throws Exception {
        send(machine);
        machine.awaitDrained(node);
        assertThat(places(machine, node))
                .containsExactly(
                        "table bronze.rejected",
                        "table bronze.transactions",
                        "topic transactions",
                        "topic transactions.dlq");
    }

    private static void send(OneMachine machine) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (var producer = machine.producer()) {
            for (var amount : List.of("9999", "-1")) {
                var json = "{\"transaction_id\":\"canary" + amount + "\",\"user_id\":\"canary\",\"amount\":" + amount
                        + ",\"timestamp\":\"" + now + "\",\"card_number\":\"" + CARD + "\"}";
                producer.send(new ProducerRecord<>("transactions", "canary".getBytes(UTF_8), json.getBytes(UTF_8)));
            }
        }
    }

    /** Topics, tables of the lake and tables of Postgres, once the node has committed what was sent. */
    private static Set<String> places(OneMachine machine, RiskNode node) throws Exception {
        var places = new TreeSet<String>();
        var names = machine.config().topics();
        for (var topic : List.of(names.input(), names.deadLetters(), names.alerts(), names.anomalyAlerts())) {
            if (isInTopic(machine, topic)) {
                places.add("topic " + topic);
            }
        }
        places.addAll(lake(node));
        places.addAll(postgres(machine));
        return places;
    }

    private static boolean isInTopic(OneMachine machine, String topic) {
        var settings =
                Map.<String, Object>of("bootstrap.servers", machine.bootstrap(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (var record : consumer.poll(POLL)) {
                    if (isIn(record)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static boolean isIn(ConsumerRecord<byte[], byte[]> record) {
        var parts = new ArrayList<byte[]>();
        parts.add(record.key());
        parts.add(record.value());
        record.headers().forEach(header -> parts.add(header.value()));
        return parts.stream().anyMatch(part -> part != null && new String(part, UTF_8).contains(CARD));
    }

    /** Every column of every row of the newest batch, as text. */
    private static List<String> lake(RiskNode node) {
        var query = Tables.ALL.stream()
                .map(table -> "select '" + table.qualifiedName() + "' as place, count(*) as n from "
                        + table.qualifiedName() + " as row_of where cast(row_of as varchar) like '%" + CARD + "%'")
                .collect(Collectors.joining(" union all "));
        try (var metrics = Metrics.start(Clock.systemUTC());
                var live = new LiveNode(node, metrics)) {
            return switch (live.sql(query, Optional.empty())
                    .toCompletableFuture()
                    .join()) {
                case Reply.Answered<SqlView>(var view) ->
                    view.rows().stream()
                            .filter(row -> ((Number) row.get(1)).longValue() > 0)
                            .map(row -> "table " + row.get(0))
                            .toList();
                case Reply.Refused<SqlView> refused -> throw new IllegalStateException(refused.message());
            };
        }
    }

    private static List<String> postgres(OneMachine machine) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = machine.connection()) {
            for (var table : tables(connection)) {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery("select count(*) from " + table + " as t where t::text like '%"
                                + CARD + "%' or t::text like '%" + CARD_IN_HEX + "%'")) {
                    row.next();
                    if (row.getLong(1) > 0) {
                        found.add("Postgres " + table);
                    }
                }
            }
        }
        return found;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var tables = Stream.<String>builder();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select format('%I.%I', schemaname, tablename) from pg_tables"
                        + " where schemaname not in ('pg_catalog', 'information_schema')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables.build().toList();
    }
}
