package riskcluster.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3ErrorCode;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.S3ProxyException;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import riskcluster.faults.server.S3Server;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** An S3 store in this process with two identities and the rights of each, which notes what it allows and refuses. */
final class DividedStore implements AutoCloseable {

    private static final String READ = "read";
    private static final String WRITE = "write";
    private static final String DELETE = "delete";
    private static final Map<String, List<String>> RIGHTS =
            Map.of(TwoIdentities.WRITER, List.of(READ, WRITE), TwoIdentities.UPKEEP, List.of(DELETE));

    private final S3Proxy server;
    private final List<String> allowed = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    private DividedStore(Path folder) throws IOException {
        var buckets = folder.resolve("buckets");
        Files.createDirectories(buckets.resolve(S3Server.BUCKET));
        var files = new FilesystemNio2BlobStore(buckets.toString());
        this.server = S3Proxy.builder()
                .blobStore(files)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, S3Server.KEY_ID, S3Server.SECRET)
                .build();
        server.setBlobStoreLocator((identity, bucket, blob) ->
                new AccessGrant(S3Server.SECRET, new Rights(files, String.valueOf(identity))));
    }

    static DividedStore start(Path folder) throws Exception {
        var store = new DividedStore(folder);
        store.server.start();
        return store;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** What was done, each with who did it. */
    List<String> allowed() {
        return List.copyOf(allowed);
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    private final class Rights extends ForwardingBlobStore {

        private final String identity;

        Rights(BlobStore files, String identity) {
            super(files);
            this.identity = identity;
        }

        private void check(String what) {
            boolean may = RIGHTS.getOrDefault(identity, List.of()).contains(what);
            (may ? allowed : refused).add(identity + " " + what);
            if (!may) {
                throw new S3ProxyException(S3ErrorCode.ACCESS_DENIED);
            }
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
            check(READ);
            return super.getBlob(request);
        }

        @Override
        public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
            check(WRITE);
            return super.putBlob(request, content);
        }

        @Override
        public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
            check(WRITE);
            return super.initiateMultipartUpload(request);
        }

        @Override
        public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
            check(DELETE);
            return super.removeBlob(request);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception failure) { // the library declares no narrower one
            throw new IOException("the S3 server does not stop", failure);
        }
    }
}
