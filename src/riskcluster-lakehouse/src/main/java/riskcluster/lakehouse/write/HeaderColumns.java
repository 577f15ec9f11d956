package riskcluster.lakehouse.write;

import java.util.List;
import riskcluster.contracts.log.Header;

/** The two columns in which a record's headers lie. */
final class HeaderColumns {

    private final ColumnSink name;
    private final ColumnSink value;

    HeaderColumns(Columns columns) {
        this.name = columns.next("headers.list.element.name");
        this.value = columns.next("headers.list.element.value");
    }

    void add(List<Header> headers) {
        if (headers.isEmpty()) {
            name.emptyList();
            value.emptyList();
            return;
        }
        int repetition = 0;
        for (Header header : headers) {
            name.text(header.name(), repetition);
            value.bytes(header.value(), repetition);
            repetition = 1;
        }
    }
}
