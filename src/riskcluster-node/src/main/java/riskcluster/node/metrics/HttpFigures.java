package riskcluster.node.metrics;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/** Counts requests to the HTTP interface and how long their answers took. */
public final class HttpFigures {

    private static final List<Double> ANSWER_SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 40.0);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int STATUSES_PER_CLASS = 100;

    private final LongCounter requests;
    private final DoubleHistogram duration;

    HttpFigures(Meter meter) {
        requests = PartitionInstruments.counter(
                meter, "http.requests", "Requests to the HTTP interface that were answered.");
        duration = PartitionInstruments.seconds(
                meter,
                "http.request.duration",
                "From a request to the HTTP interface to its answer, or to the beginning of one without an end.",
                ANSWER_SECONDS);
    }

    /**
     * A request was answered.
     *
     * @param route its path, with the same word for whatever a caller writes; one of few
     * @param status of HTTP, of which the class is told: {@code 2xx}
     */
    public void answered(String route, int status, long nanos) {
        requests.add(1, Attributes.of(Labels.ROUTE, route, Labels.STATUS, status / STATUSES_PER_CLASS + "xx"));
        duration.record(nanos / NANOS_PER_SECOND, Attributes.of(Labels.ROUTE, route));
    }
}
