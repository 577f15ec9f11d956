package riskcluster.lakehouse.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import riskcluster.contracts.ledger.StagedFile;

/** A checkpoint's files as the text that stands in its row. */
final class FileList {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<StagedFile>> FILES = new TypeReference<>() {};

    private FileList() {}

    static String write(List<StagedFile> files) {
        try {
            return JSON.writeValueAsString(files);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("files of a checkpoint", failure);
        }
    }

    static List<StagedFile> read(String text) {
        try {
            return JSON.readValue(text, FILES);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a checkpoint's file list cannot be read", failure);
        }
    }
}
