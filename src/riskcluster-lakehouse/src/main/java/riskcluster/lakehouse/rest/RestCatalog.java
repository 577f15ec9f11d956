package riskcluster.lakehouse.rest;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.read.BatchChoice;
import riskcluster.lakehouse.read.PinnedBatch;

/**
 * Iceberg's REST catalog, read-only: routes requests to Iceberg's own handlers over the tables of one batch. A client that
 * names a batch, tag, snapshot or time as its warehouse gets every table as it was there; one that names none gets the
 * newest batch at each request. Every call blocks.
 */
public final class RestCatalog {

    static final String READ_ONLY =
            "this catalog is read-only: RiskCluster's committer alone writes its tables, so that"
                    + " all of them move in one commit";

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final Pattern PREFIX = Pattern.compile("batch-([0-9]{1,18})");
    private static final List<Endpoint> ENDPOINTS = List.of(
            Endpoint.V1_LIST_NAMESPACES,
            Endpoint.V1_LOAD_NAMESPACE,
            Endpoint.V1_NAMESPACE_EXISTS,
            Endpoint.V1_LIST_TABLES,
            Endpoint.V1_LOAD_TABLE,
            Endpoint.V1_TABLE_EXISTS);
    private static final ObjectMapper JSON = json();

    private final DataSource database;
    private final LakeCatalog catalog;
    private final Map<String, String> clientSettings;

    /**
     * @param clientSettings what clients should know to reach the warehouse, by the names of Iceberg's properties; no
     *     secrets
     */
    public RestCatalog(DataSource database, LakeCatalog catalog, Map<String, String> clientSettings) {
        this.database = database;
        this.catalog = catalog;
        this.clientSettings = Map.copyOf(clientSettings);
    }

    /** Iceberg keeps its own mapper to itself; this is set up as that one is. */
    private static ObjectMapper json() {
        var mapper = new ObjectMapper();
        mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        mapper.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
        RESTSerializers.registerAll(mapper);
        return mapper;
    }

    /**
     * Answers a request.
     *
     * @param method of HTTP
     * @param path behind the catalog's own address, as it was sent: {@code v1/config}
     * @param query its parameters
     */
    public RestAnswer answer(String method, String path, Map<String, String> query) {
        boolean asks = method.equals("HEAD");
        if (!asks && !method.equals("GET")) {
            return error(NOT_ALLOWED, "MethodNotAllowedException", READ_ONLY);
        }
        try {
            var answer = route(path, query);
            return asks && answer.status() == OK ? new RestAnswer(NO_CONTENT, new byte[0]) : answer;
        } catch (NoSuchTableException | NoSuchNamespaceException missing) {
            return error(NOT_FOUND, missing.getClass().getSimpleName(), String.valueOf(missing.getMessage()));
        } catch (UnknownBatch unknown) {
            return error(BAD_REQUEST, "BadRequestException", String.valueOf(unknown.getMessage()));
        }
    }

    private RestAnswer route(String path, Map<String, String> query) {
        var segments =
                Arrays.stream(path.split("/")).filter(one -> !one.isEmpty()).toList();
        if (segments.equals(List.of("v1", "config"))) {
            return config(Optional.ofNullable(query.get("warehouse")));
        }
        if (segments.size() < 2 || !segments.getFirst().equals("v1")) {
            return noSuchPath(path);
        }
        var prefix = PREFIX.matcher(segments.get(1));
        if (prefix.matches()) {
            return tables(pinned(Long.parseLong(prefix.group(1))), segments.subList(2, segments.size()), path, query);
        }
        return tables(PinnedBatch.newest(database, catalog), segments.subList(1, segments.size()), path, query);
    }

    private RestAnswer tables(PinnedBatch batch, List<String> segments, String path, Map<String, String> query) {
        if (segments.isEmpty() || !segments.getFirst().equals("namespaces")) {
            return noSuchPath(path);
        }
        var tables = new BatchCatalog(batch);
        if (segments.size() == 1) {
            var parent = query.get("parent");
            return ok(CatalogHandlers.listNamespaces(
                    tables, parent == null ? Namespace.empty() : RESTUtil.namespaceFromQueryParam(parent)));
        }
        var namespace = RESTUtil.decodeNamespaceAsPathSegment(segments.get(1), "%1F");
        if (segments.size() == 2) {
            return ok(CatalogHandlers.loadNamespace(tables, namespace));
        }
        if (!segments.get(2).equals("tables") || segments.size() > 4) {
            return noSuchPath(path);
        }
        if (segments.size() == 3) {
            return ok(CatalogHandlers.listTables(tables, namespace));
        }
        var table = TableIdentifier.of(namespace, RESTUtil.decodePathSegment(segments.get(3)));
        return ok(CatalogHandlers.loadTable(
                tables, table, "refs".equals(query.get("snapshots")) ? SnapshotMode.REFS : SnapshotMode.ALL));
    }

    private RestAnswer config(Optional<String> warehouse) {
        var config = ConfigResponse.builder()
                // A client's report of what it planned would be a write here, and be refused.
                .withDefault("rest-metrics-reporting-enabled", "false")
                .withEndpoints(ENDPOINTS);
        clientSettings.forEach(config::withDefault);
        warehouse
                .filter(name -> !name.isBlank() && !name.equals("riskcluster"))
                .ifPresent(name -> config.withOverride("prefix", "batch-" + chosen(name)));
        return ok(config.build());
    }

    private long chosen(String name) {
        return switch (BatchChoice.find(database, catalog, name)) {
            case BatchChoice.Choice.Found(var id) -> id;
            case BatchChoice.Choice.Unknown(var why) -> throw new UnknownBatch("warehouse " + name + ": " + why);
        };
    }

    private PinnedBatch pinned(long id) {
        return PinnedBatch.at(database, catalog, id)
                .orElseThrow(() -> new UnknownBatch(
                        "batch " + id + " is not kept any more; " + BatchChoice.kept(database, catalog)));
    }

    /** What the client named as its warehouse is no batch. */
    private static final class UnknownBatch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnknownBatch(String why) {
            super(why);
        }
    }

    private static RestAnswer ok(Object response) {
        return new RestAnswer(OK, bytes(response));
    }

    private static RestAnswer noSuchPath(String path) {
        return error(
                NOT_FOUND,
                "NotFoundException",
                "there is no path " + path + " here; there are v1/config, v1/namespaces and v1/namespaces/NAME/tables");
    }

    private static RestAnswer error(int status, String type, String message) {
        return new RestAnswer(
                status,
                bytes(ErrorResponse.builder()
                        .responseCode(status)
                        .withType(type)
                        .withMessage(message)
                        .build()));
    }

    private static byte[] bytes(Object response) {
        try {
            return JSON.writeValueAsBytes(response);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(response.getClass() + " cannot be written", failure);
        }
    }
}
