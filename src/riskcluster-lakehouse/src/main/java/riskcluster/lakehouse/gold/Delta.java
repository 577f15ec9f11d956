package riskcluster.lakehouse.gold;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a batch adds to one row. */
final class Delta {

    private final WindowedTable table;
    private final long[] sums = new long[Measures.COUNT];
    private final Hashes users = new Hashes();
    private final Hashes devices = new Hashes();
    private final Hashes merchants = new Hashes();
    private final TreeMap<@Nullable String, Long> paymentMethods = Split.counting();

    Delta(WindowedTable table) {
        this.table = table;
    }

    void add(Cell cell) {
        Measures.add(sums, 0, cell.sums, 0);
        if (table.hasUsers()) {
            users.addAll(cell.users);
        }
        if (table.hasDevices()) {
            devices.addAll(cell.devices);
        }
        if (table.hasMerchants()) {
            cell.merchantsInto(merchants);
        }
        if (table.hasPaymentMethods()) {
            cell.paymentMethodsInto(paymentMethods);
        }
    }

    /** The row with this in it; {@link GoldRow#empty} where there was none. */
    GoldRow onto(GoldRow row) {
        long[] sum = row.sums().clone();
        Measures.add(sum, 0, sums, 0);
        return new GoldRow(
                row.key(),
                sum,
                row.users().plus(users.distinct()),
                row.devices().plus(devices.distinct()),
                row.merchants().plus(merchants.distinct()),
                row.paymentMethods().plus(paymentMethods));
    }
}
