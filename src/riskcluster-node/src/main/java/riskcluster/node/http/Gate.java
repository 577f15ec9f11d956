package riskcluster.node.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;
import riskcluster.node.explain.Finding;
import riskcluster.node.guard.Caller;
import riskcluster.node.guard.Guard;
import riskcluster.node.guard.Refusal;
import riskcluster.node.guard.Role;
import riskcluster.node.view.Views;

/** Stands before the paths of the HTTP interface: who may ask for which, and what is kept on record. */
final class Gate extends AllDirectives {

    private static final String BEARER = "Bearer ";

    /**
     * What somebody needs for requests of this method and path.
     *
     * @param role nobody is asked for a token where there is none
     * @param changes goes on record
     */
    private record Rule(Pattern request, Optional<Role> role, boolean changes) {
        static Rule of(String request, Role role) {
            return new Rule(Pattern.compile(request), Optional.of(role), false);
        }

        static Rule changing(String request, Role role) {
            return new Rule(Pattern.compile(request), Optional.of(role), true);
        }
    }

    /** The first that fits holds. What nobody has thought of is for those who may do everything, and goes on record. */
    private static final List<Rule> RULES = List.of(
            new Rule(Pattern.compile("GET /health/(live|ready)"), Optional.empty(), false),
            Rule.of("GET /v1/(cluster|tables|maintenance)", Role.VIEWER),
            Rule.of("GET /v1/tables/.+", Role.VIEWER),
            Rule.of("GET /v1/maintenance/history", Role.VIEWER),
            Rule.of("GET /metrics", Role.VIEWER),
            Rule.of("[A-Z]+ /iceberg/.*", Role.VIEWER),
            Rule.of("GET /v1/(customers|decisions)/.+", Role.OPERATOR),
            Rule.of("GET /v1/alerts", Role.OPERATOR),
            Rule.of("POST /v1/sql", Role.OPERATOR),
            Rule.changing("POST /v1/(transactions|dead-letters/retry|maintenance/run)", Role.OPERATOR),
            Rule.of("GET .*", Role.ADMIN),
            Rule.changing(".*", Role.ADMIN));

    private static final Map<Finding, StatusCode> STATUS = Map.of(
            Finding.TOKEN_MISSING, StatusCodes.UNAUTHORIZED,
            Finding.TOKEN_UNKNOWN, StatusCodes.UNAUTHORIZED,
            Finding.ROLE_TOO_SMALL, StatusCodes.FORBIDDEN,
            Finding.TOO_MANY_REQUESTS, StatusCodes.TOO_MANY_REQUESTS);

    private final Guard guard;

    Gate(Guard guard) {
        this.guard = guard;
    }

    /** The paths, for those who may ask for them. */
    Route around(Route unsealed) {
        // whatever goes wrong inside is an answer, and so on record
        var paths = unsealed.seal();
        return extractRequest(request -> {
            var what = request.method().value() + " " + request.getUri().path();
            var rule = RULES.stream()
                    .filter(each -> each.request().matcher(what).matches())
                    .findFirst()
                    .orElseThrow();
            if (rule.role().isEmpty()) {
                return paths;
            }
            var entry = guard.admit(token(request), from(request), shown(rule, what));
            return entry.refusal()
                    .map(this::refused)
                    .orElseGet(() -> entered(entry.caller().orElseThrow(), rule, what, paths));
        });
    }

    private Route entered(Caller who, Rule rule, String what, Route paths) {
        return guard.refuse(who, rule.role().orElse(Role.ADMIN), shown(rule, what))
                .map(this::refused)
                .orElseGet(() -> rule.changes() ? onRecord(who, what, paths) : mapResponse(Gate::told, () -> paths));
    }

    /** Of what is about a person, the path alone would say who it is: the record has only its kind. */
    private static String shown(Rule rule, String what) {
        return rule.changes()
                        || rule.role().filter(Predicate.isEqual(Role.OPERATOR)).isEmpty()
                ? what
                : what.replaceFirst("(/v1/[a-z-]+)/.*", "$1/...");
    }

    private Route onRecord(Caller who, String what, Route paths) {
        guard.audit().begun(who, what);
        return mapResponse(
                response -> {
                    var status = response.status();
                    guard.audit().ended(who, what, status.isSuccess(), status.isSuccess() ? "" : status.toString());
                    return told(response);
                },
                () -> paths);
    }

    /** A body that is too large is refused by the server itself, which has no number for it. */
    private static HttpResponse told(HttpResponse response) {
        return response.status().intValue() == StatusCodes.CONTENT_TOO_LARGE.intValue()
                ? error(
                        StatusCodes.CONTENT_TOO_LARGE,
                        new Refusal(
                                Finding.REQUEST_TOO_LARGE,
                                "a request has at most " + NodeRoutes.REQUEST_BYTES_MAX + " bytes"))
                : response;
    }

    private Route refused(Refusal refusal) {
        var answer = error(STATUS.getOrDefault(refusal.finding(), StatusCodes.FORBIDDEN), refusal);
        return complete(
                answer.status().equals(StatusCodes.UNAUTHORIZED)
                        ? answer.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"))
                        : answer);
    }

    private static HttpResponse error(StatusCode status, Refusal refusal) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(
                        ContentTypes.APPLICATION_JSON,
                        Views.json(Map.of(
                                "error",
                                refusal.sentence(),
                                "code",
                                refusal.finding().code())));
    }

    private static Optional<String> token(HttpRequest request) {
        return request.getHeader("Authorization")
                .map(HttpHeader::value)
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static String from(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .orElse("unknown");
    }
}
