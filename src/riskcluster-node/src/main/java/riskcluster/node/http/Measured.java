package riskcluster.node.http;

import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.Route;

/** Stands before everything else of the HTTP interface and counts what is asked and how long the answer takes. */
final class Measured extends AllDirectives {

    private final RequestMeter meter;

    Measured(RequestMeter meter) {
        this.meter = meter;
    }

    /** The paths, whose answers are counted whatever they are. */
    Route around(Route unsealed) {
        var paths = unsealed.seal();
        return extractRequest(request -> {
            long since = System.nanoTime();
            var route = RouteName.of(request.getUri().path());
            return mapResponse(
                    response -> {
                        meter.answered(route, response.status().intValue(), System.nanoTime() - since);
                        return response;
                    },
                    () -> paths);
        });
    }
}
