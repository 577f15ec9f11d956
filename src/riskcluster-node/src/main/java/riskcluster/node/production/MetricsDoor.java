package riskcluster.node.production;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.ExtensionIdProvider;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.management.javadsl.ManagementRouteProvider;
import org.apache.pekko.management.javadsl.ManagementRouteProviderSettings;
import riskcluster.node.metrics.Metrics;

/**
 * The page /metrics at the management door, which a Prometheus on another machine reaches; the HTTP interface, which has
 * it too, is for this machine alone.
 */
public final class MetricsDoor extends AbstractExtensionId<MetricsDoor.Page> implements ExtensionIdProvider {

    private static final MetricsDoor ID = new MetricsDoor();

    /** Opens the page. */
    public static void show(ClassicActorSystemProvider system, Supplier<String> text) {
        ID.get(system).text = Optional.of(text);
    }

    @Override
    public MetricsDoor lookup() {
        return ID;
    }

    @Override
    public Page createExtension(ExtendedActorSystem system) {
        return new Page();
    }

    /** The page of one actor system: not available until its node has figures. */
    public static final class Page implements ManagementRouteProvider {

        private volatile Optional<Supplier<String>> text = Optional.empty();

        private Page() {}

        @Override
        public Route routes(ManagementRouteProviderSettings settings) {
            return Directives.path(
                    "metrics",
                    () -> Directives.get(() -> Directives.extractRequest(request -> {
                        var shown = text.map(Supplier::get).map(Page::figures);
                        return Directives.complete(
                                shown.orElse(HttpResponse.create().withStatus(StatusCodes.SERVICE_UNAVAILABLE)));
                    })));
        }

        private static HttpResponse figures(String text) {
            return HttpResponse.create()
                    .withEntity(ContentTypes.parse(Metrics.CONTENT_TYPE), text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
