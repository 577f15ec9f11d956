package riskcluster.lakehouse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Counts what a store is asked for: {@code read}, {@code write}, {@code length}, {@code delete}, each with its path. */
public final class CountingFiles implements SupportsPrefixOperations {

    private final FileIO store;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    public CountingFiles(FileIO store) {
        this.store = store;
    }

    /** What was asked since the last call, without the folders. */
    public List<String> take() {
        synchronized (asked) {
            var taken = List.copyOf(asked);
            asked.clear();
            return taken;
        }
    }

    /** Names of the threads that have asked. */
    public Set<String> threads() {
        return Set.copyOf(threads);
    }

    @Override
    public InputFile newInputFile(String location) {
        return new Input(store.newInputFile(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new Output(store.newOutputFile(location));
    }

    @Override
    public void deleteFile(String location) {
        ask("delete", location);
        store.deleteFile(location);
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        return ((SupportsPrefixOperations) store).listPrefix(prefix);
    }

    @Override
    public void deletePrefix(String prefix) {
        throw new UnsupportedOperationException();
    }

    private void ask(String what, String location) {
        asked.add(what + " " + location);
        threads.add(Thread.currentThread().getName());
    }

    private final class Input implements InputFile {
        private final InputFile file;

        private Input(InputFile file) {
            this.file = file;
        }

        @Override
        public long getLength() {
            ask("length", file.location());
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            ask("read", file.location());
            return file.newStream();
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public boolean exists() {
            ask("exists", file.location());
            return file.exists();
        }
    }

    private final class Output implements OutputFile {
        private final OutputFile file;

        private Output(OutputFile file) {
            this.file = file;
        }

        @Override
        public PositionOutputStream create() {
            ask("write", file.location());
            return file.create();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            ask("write", file.location());
            return file.createOrOverwrite();
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public InputFile toInputFile() {
            return new Input(file.toInputFile());
        }
    }
}
