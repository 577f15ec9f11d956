package riskcluster.lakehouse.catalog;

import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Iceberg's files in S3, without its look before each new one whether it is there already. That costs a request for each
 * file and guards nothing, since another may write between the look and the PUT; what does is that a name has at least 64
 * random bits and is never used again.
 */
final class S3Files extends S3FileIO {

    private static final long serialVersionUID = 1L;

    S3Files(S3Client client) {
        // Where the asynchronous client is left out, Iceberg makes one, and for that wants Amazon's key service.
        super(() -> client, S3Files::neverAsynchronous);
    }

    private static S3AsyncClient neverAsynchronous() {
        throw new UnsupportedOperationException("files are read and written by the blocking client");
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new NewFile(super.newOutputFile(location));
    }

    private record NewFile(OutputFile file) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            return file.createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return file.createOrOverwrite();
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public InputFile toInputFile() {
            return file.toInputFile();
        }
    }
}
