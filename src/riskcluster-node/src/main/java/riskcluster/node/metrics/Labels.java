package riskcluster.node.metrics;

import io.opentelemetry.api.common.AttributeKey;

/** The only labels that a metric may carry. */
final class Labels {

    static final AttributeKey<String> BAND = AttributeKey.stringKey("band");
    static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");
    static final AttributeKey<String> PARTITION = AttributeKey.stringKey("partition");

    private Labels() {}
}
