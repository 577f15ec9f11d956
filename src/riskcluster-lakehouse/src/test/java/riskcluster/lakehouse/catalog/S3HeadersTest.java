package riskcluster.lakehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store is told with each file. */
class S3HeadersTest {

    private static final List<String> ENCRYPTION =
            List.of("x-amz-server-side-encryption", "x-amz-server-side-encryption-aws-kms-key-id");

    private static final List<String> CONTENT = List.of("x-amz-content-sha256", "content-md5");

    @Test
    void eachFileAsksForTheEncryptionThatIsTold(@TempDir Path folder) throws IOException {
        assertThat(told(folder, ENCRYPTION, List.of("", "s3", "kms", "kms:arn:aws:kms:eu-central-1:1:key/a")))
                .containsExactly(
                        "null null", "AES256 null", "aws:kms null", "aws:kms arn:aws:kms:eu-central-1:1:key/a");
    }

    @Test
    void withoutTlsTheContentIsSignedPartByPart(@TempDir Path folder) throws IOException {
        assertThat(told(folder, CONTENT, List.of(""))).containsExactly("STREAMING-AWS4-HMAC-SHA256-PAYLOAD null");
    }

    @Test
    void aFileIsOneRequest(@TempDir Path folder) throws IOException {
        var told = new CopyOnWriteArrayList<String>();
        write(folder, List.of(""), request -> told.add(request.getRequestMethod() + " " + request.getRequestURI()));
        assertThat(told).containsExactly("HEAD /lake", "PUT /lake/house/file");
    }

    /** Of each file that is written, encrypted as is said, the values of these headers. */
    private static List<String> told(Path folder, List<String> headers, List<String> encryptions) throws IOException {
        var told = new CopyOnWriteArrayList<String>();
        write(folder, encryptions, request -> {
            if (request.getRequestMethod().equals("PUT")) {
                told.add(String.join(
                        " ",
                        headers.stream()
                                .map(name -> String.valueOf(
                                        request.getRequestHeaders().getFirst(name)))
                                .toList()));
            }
        });
        return told;
    }

    /** Writes a file with each of these encryptions into a store that hears of each request. */
    private static void write(Path folder, List<String> encryptions, Consumer<HttpExchange> heard) throws IOException {
        var store = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        store.createContext("/", request -> {
            heard.accept(request);
            request.getRequestBody().readAllBytes();
            request.getResponseHeaders().add("ETag", "\"0\"");
            request.sendResponseHeaders(200, -1);
            request.close();
        });
        store.start();
        try {
            var where = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
            for (var how : encryptions) {
                write(where, credentials(folder), Optional.of(how).filter(text -> !text.isEmpty()));
            }
        } finally {
            store.stop(0);
        }
    }

    private static Path credentials(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("credentials"), "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
    }

    private static void write(URI where, Path credentials, Optional<String> encryption) throws IOException {
        var access = new WarehouseAccess(
                Optional.of(where),
                "us-east-1",
                true,
                Optional.of(credentials),
                Optional.empty(),
                encryption,
                Optional.empty());
        var root = URI.create("s3://lake/house");
        try (var files = Warehouse.at(root, access).io();
                var out = files.newOutputFile(root + "/file").create()) {
            out.write(1);
        }
    }

    @Test
    void anotherKindOfEncryptionIsRefused() {
        assertThatThrownBy(() -> new WarehouseAccess(
                        Optional.empty(),
                        "us-east-1",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("rot13"),
                        Optional.empty()))
                .hasMessageContaining("allowed: s3, kms or kms:KEY");
    }
}
