package riskcluster.node.http;

import java.util.List;
import java.util.regex.Pattern;

/** A path of the HTTP interface as figures name it: without what a caller writes into it, so that there are few. */
final class RouteName {

    /** What fits none. */
    static final String OTHER = "other";

    private static final List<String> WHOLE = List.of(
            "/v1/cluster",
            "/v1/customers/ID",
            "/v1/transactions",
            "/v1/decisions/ID",
            "/v1/tables",
            "/v1/tables/NAME",
            "/v1/sql",
            "/v1/maintenance",
            "/v1/maintenance/run",
            "/v1/maintenance/history",
            "/v1/dead-letters/retry",
            "/v1/alerts",
            "/iceberg/...",
            "/metrics",
            "/health/live",
            "/health/ready");

    private record Named(Pattern path, String name) {}

    private static final List<Named> NAMED = WHOLE.stream()
            .map(name -> new Named(
                    Pattern.compile(name.replaceFirst("/(ID|NAME)$", "/[^/]+").replaceFirst("/\\.\\.\\.$", "/.*")),
                    name))
            .toList();

    private RouteName() {}

    static String of(String path) {
        return NAMED.stream()
                .filter(each -> each.path().matcher(path).matches())
                .findFirst()
                .map(Named::name)
                .orElse(OTHER);
    }
}
