package riskcluster.node.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.RejectionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import riskcluster.node.metrics.Metrics;
import riskcluster.node.view.Reply;
import riskcluster.node.view.Views;

/** The paths of the HTTP interface. */
public final class NodeRoutes extends AllDirectives {

    /** A transaction may have 1 MiB, and nothing else needs as much. */
    static final long REQUEST_BYTES_MAX = 1 << 20;

    static final int TAILS_MAX = 8;

    private static final Pattern RUNS = Pattern.compile("[1-9]\\d?|[1-4]\\d\\d|500");
    private static final String RUNS_TOLD = "20";

    /**
     * A page in somebody's browser can reach a loopback port too, under a name of its own; it must not read what is
     * here. The command line and probes use these names.
     */
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

    private final NodeApi api;
    private final boolean loopbackOnly;
    private final AtomicInteger tails = new AtomicInteger();

    /**
     * @param loopbackOnly answer only to those who call this machine by a loopback name
     */
    public NodeRoutes(NodeApi api, boolean loopbackOnly) {
        this.api = api;
        this.loopbackOnly = loopbackOnly;
    }

    /** Every path. */
    public Route routes() {
        var paths = concat(
                pathPrefix("v1", this::questions),
                pathPrefix("iceberg", this::catalog),
                pathPrefix("health", this::health),
                metrics());
        var rejections = RejectionHandler.newBuilder()
                .handleNotFound(complete(notFound()))
                .build()
                .withFallback(RejectionHandler.defaultHandler());
        return extractHost(host -> loopbackOnly && !LOOPBACK.contains(host)
                ? refusal(StatusCodes.FORBIDDEN, "call this node by a loopback name, not " + host)
                : handleRejections(rejections, () -> withSizeLimit(REQUEST_BYTES_MAX, () -> paths)));
    }

    private Route questions() {
        return concat(
                path("cluster", () -> get(() -> reply(api::cluster))),
                path(
                        PathMatchers.segment("customers").slash(PathMatchers.segment()),
                        id -> get(() -> reply(() -> api.customer(id)))),
                path("transactions", () -> post(() -> json(body -> reply(() -> api.send(body))))),
                path(
                        PathMatchers.segment("decisions").slash(PathMatchers.segment()),
                        id -> get(() -> reply(() -> api.decision(id)))),
                path("tables", () -> get(() -> reply(api::tables))),
                path(
                        PathMatchers.segment("tables").slash(PathMatchers.segment()),
                        name -> get(() -> reply(() -> api.table(name)))),
                path("sql", () -> post(() -> json(this::query))),
                pathPrefix("maintenance", this::maintenance),
                path(
                        PathMatchers.segment("dead-letters").slash("retry"),
                        () -> post(() -> json(body -> retry(new String(body, StandardCharsets.UTF_8))))),
                path("alerts", () -> get(() -> parameterOptional("from", from -> tail(from.orElse("now"))))));
    }

    /** The body of a request is not read: whatever it asks for would be a change. */
    private Route catalog() {
        return extractMethod(method -> extractUnmatchedPath(path -> parameterMap(query -> onComplete(
                () -> api.catalog(method.value(), path, query),
                outcome -> outcome.isFailure()
                        ? refusal(
                                StatusCodes.SERVICE_UNAVAILABLE,
                                "the node could not answer: "
                                        + outcome.failed().get().getMessage())
                        : complete(json(
                                StatusCodes.get(outcome.get().status()),
                                outcome.get().json()))))));
    }

    private Route maintenance() {
        return concat(
                pathEnd(() -> get(() -> reply(api::maintenance))),
                path("run", () -> post(() -> json(body -> reply(api::maintain)))),
                path(
                        "history",
                        () -> get(() -> parameterOptional("last", last -> maintained(last.orElse(RUNS_TOLD))))));
    }

    private Route maintained(String last) {
        return RUNS.matcher(last).matches()
                ? reply(() -> api.maintained(Integer.parseInt(last)))
                : refusal(StatusCodes.BAD_REQUEST, "last is " + last + ", allowed: 1 to 500");
    }

    private Route retry(String body) {
        return RetryRequest.read(body)
                .map(source -> reply(() -> api.retry(source)))
                .orElseGet(() -> refusal(StatusCodes.BAD_REQUEST, "send {\"source\": \"topic/partition/offset\"}"));
    }

    private Route query(byte[] body) {
        return SqlRequest.read(body)
                .map(asked -> reply(() -> api.sql(asked.sql(), asked.at())))
                .orElseGet(() -> refusal(
                        StatusCodes.BAD_REQUEST,
                        "send {\"sql\": \"select ...\"}, and \"at\" for another than the newest batch"));
    }

    private Route tail(String from) {
        if (!from.equals("start") && !from.equals("now")) {
            return refusal(StatusCodes.BAD_REQUEST, "from is " + from + ", allowed: start, now");
        }
        if (tails.incrementAndGet() > TAILS_MAX) {
            tails.decrementAndGet();
            return refusal(StatusCodes.SERVICE_UNAVAILABLE, TAILS_MAX + " others follow the alerts; stop one of them");
        }
        var lines = api.alerts(from.equals("start")).watchTermination((unused, ended) -> {
            ended.whenComplete((done, failure) -> tails.decrementAndGet());
            return unused;
        });
        return complete(HttpResponse.create()
                .withEntity(HttpEntities.createChunked(
                        MediaTypes.applicationBinary("x-ndjson", true).toContentType(), lines)));
    }

    private Route health() {
        return get(() -> concat(
                path("live", () -> complete(HttpResponse.create().withEntity("live\n"))),
                path(
                        "ready",
                        () -> onSuccess(
                                api.health(),
                                health -> complete(json(
                                        health.ready() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE,
                                        Views.json(health)))))));
    }

    private Route metrics() {
        return path(
                "metrics",
                () -> get(() -> complete(HttpResponse.create()
                        .withEntity(
                                ContentTypes.parse(Metrics.CONTENT_TYPE),
                                api.metrics().getBytes(StandardCharsets.UTF_8)))));
    }

    /** The body of a request that says it is JSON: a page of another origin cannot send that without being asked. */
    private Route json(Function<byte[], Route> inner) {
        return extractRequestEntity(entity -> {
            if (!entity.getContentType().equals(ContentTypes.APPLICATION_JSON)) {
                return refusal(StatusCodes.UNSUPPORTED_MEDIA_TYPE, "send it with content-type: application/json");
            }
            return entity(Unmarshaller.entityToByteArray(), inner);
        });
    }

    private <T> Route reply(Supplier<CompletionStage<Reply<T>>> question) {
        return onComplete(question, outcome -> {
            if (outcome.isFailure()) {
                return refusal(
                        StatusCodes.SERVICE_UNAVAILABLE,
                        "the node could not answer: " + outcome.failed().get().getMessage());
            }
            return switch (outcome.get()) {
                case Reply.Answered<T>(var value) -> complete(json(StatusCodes.OK, Views.json(value)));
                case Reply.Refused<T>(var why, var message) -> refusal(status(why), message);
            };
        });
    }

    private Route refusal(StatusCode status, String message) {
        return complete(error(status, message));
    }

    private static StatusCode status(Reply.Why why) {
        return switch (why) {
            case NOT_FOUND -> StatusCodes.NOT_FOUND;
            case INVALID -> StatusCodes.BAD_REQUEST;
            case TOO_LONG -> StatusCodes.GATEWAY_TIMEOUT;
            case UNAVAILABLE -> StatusCodes.SERVICE_UNAVAILABLE;
        };
    }

    private static HttpResponse notFound() {
        return error(
                StatusCodes.NOT_FOUND,
                "there is no such path; there are /v1/cluster, /v1/customers/ID, /v1/transactions, /v1/decisions/ID,"
                        + " /v1/tables, /v1/tables/NAME, /v1/sql, /v1/maintenance, /v1/maintenance/run,"
                        + " /v1/maintenance/history, /v1/dead-letters/retry, /v1/alerts, /iceberg/v1/config, /metrics,"
                        + " /health/live, /health/ready");
    }

    private static HttpResponse error(StatusCode status, String message) {
        return json(status, Views.json(Map.of("error", message)));
    }

    private static HttpResponse json(StatusCode status, byte[] body) {
        return HttpResponse.create().withStatus(status).withEntity(ContentTypes.APPLICATION_JSON, body);
    }
}
