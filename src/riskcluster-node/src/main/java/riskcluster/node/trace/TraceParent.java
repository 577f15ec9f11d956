package riskcluster.node.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;

/** The trace that a record belongs to, by its headers {@code traceparent} and {@code tracestate} (W3C Trace Context). */
final class TraceParent {

    private static final TextMapGetter<List<Header>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(List<Header> headers) {
            return headers.stream().map(Header::name).toList();
        }

        @Override
        public @Nullable String get(@Nullable List<Header> headers, String name) {
            if (headers == null) {
                return null;
            }
            for (var header : headers) {
                var value = header.value();
                if (value != null && header.name().equals(name)) {
                    return new String(value, US_ASCII);
                }
            }
            return null;
        }
    };

    private TraceParent() {}

    /** Where the record's spans belong; empty where it has no such header, none that is well formed, or is not sampled. */
    static Optional<Context> of(LogRecord record) {
        if (record.headers().isEmpty()) {
            return Optional.empty();
        }
        var context = W3CTraceContextPropagator.getInstance().extract(Context.root(), record.headers(), HEADERS);
        return Span.fromContext(context).getSpanContext().isSampled() ? Optional.of(context) : Optional.empty();
    }
}
