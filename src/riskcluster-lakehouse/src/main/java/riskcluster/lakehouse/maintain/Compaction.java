package riskcluster.lakehouse.maintain;

import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * Files of one partition that shall become one file.
 *
 * @param sorts whether the rows are put into the table's order, which is done once, when their day is closed
 * @param files in the order in which their rows came
 */
record Compaction(boolean sorts, List<DataFile> files) {

    Compaction {
        files = List.copyOf(files);
    }

    long bytes() {
        return files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
    }

    long rows() {
        return files.stream().mapToLong(DataFile::recordCount).sum();
    }

    String kind() {
        return sorts ? "compaction of a closed day" : "compaction";
    }
}
