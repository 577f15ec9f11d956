package riskcluster.node.metrics;

import io.opentelemetry.api.common.AttributeKey;

/** The only labels that a metric may carry. */
final class Labels {

    static final AttributeKey<String> BAND = AttributeKey.stringKey("band");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
    static final AttributeKey<String> PARTITION = AttributeKey.stringKey("partition");

    /** Of the lake, which has a fixed number of them. */
    static final AttributeKey<String> TABLE = AttributeKey.stringKey("table");

    /** Kind of a Kafka client. */
    static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client");

    /** Of the HTTP interface, without what a caller wrote. */
    static final AttributeKey<String> ROUTE = AttributeKey.stringKey("route");

    /** Class of an HTTP status. */
    static final AttributeKey<String> STATUS = AttributeKey.stringKey("status");

    private Labels() {}
}
