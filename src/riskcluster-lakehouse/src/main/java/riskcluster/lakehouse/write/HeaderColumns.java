package riskcluster.lakehouse.write;

import java.util.List;
import riskcluster.contracts.log.Header;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.PlainBytes;
import riskcluster.lakehouse.column.Texts;

/** The two columns in which a record's headers lie. */
final class HeaderColumns {

    private final Texts name;
    private final PlainBytes value;

    HeaderColumns(Columns columns) {
        this.name = columns.texts("headers.list.element.name");
        this.value = columns.plainBytes("headers.list.element.value");
    }

    void add(List<Header> headers) {
        if (headers.isEmpty()) {
            name.addNone();
            value.addNone();
            return;
        }
        int repetition = 0;
        for (Header header : headers) {
            name.add(header.name(), repetition);
            value.add(header.value(), repetition);
            repetition = 1;
        }
    }
}
