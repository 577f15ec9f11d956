package riskcluster.node.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.opentelemetry.api.metrics.LongGaugeBuilder;
import io.opentelemetry.api.metrics.Meter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** What the process holds, asked for when somebody reads the metrics. */
final class ProcessGauges {

    private static final double MILLIS_PER_SECOND = 1e3;

    private ProcessGauges() {}

    static void watch(Meter meter) {
        var heap = ManagementFactory.getMemoryMXBean();
        bytes(
                meter,
                "heap.used",
                "Heap in use.",
                () -> heap.getHeapMemoryUsage().getUsed());
        bytes(
                meter,
                "heap.limit",
                "Heap that may be used.",
                () -> heap.getHeapMemoryUsage().getMax());
        var _ = meter.gaugeBuilder("riskcluster.start.timestamp")
                .setUnit("s")
                .setDescription("When the process began, since 1970 UTC.")
                .buildWithCallback(measured -> measured.record(startSeconds()));
        bytes(meter, "buffers.direct", "Memory of direct buffers.", ProcessGauges::directBytes);
        var threads = ManagementFactory.getThreadMXBean();
        count(meter, "threads.live", "Threads of the system, without virtual ones.", threads::getThreadCount);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            count(meter, "descriptors.open", "Open file descriptors.", system::getOpenFileDescriptorCount);
            count(meter, "descriptors.limit", "File descriptors that may be open.", system::getMaxFileDescriptorCount);
        }
    }

    private static double startSeconds() {
        return ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND;
    }

    static void watch(Meter meter, LongSupplier members, LongSupplier unreachable) {
        count(meter, "members", "Members of the cluster, as this node sees it.", members);
        count(meter, "members.unreachable", "Members that some node cannot reach, as this node hears it.", unreachable);
    }

    static void watch(Meter meter, HikariPoolMXBean pool) {
        count(meter, "database.connections.active", "Connections to Postgres in use.", pool::getActiveConnections);
        count(meter, "database.connections.idle", "Connections to Postgres not in use.", pool::getIdleConnections);
        count(
                meter,
                "database.connections.awaited",
                "Calls that wait for a connection to Postgres.",
                pool::getThreadsAwaitingConnection);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static void bytes(Meter meter, String name, String description, LongSupplier value) {
        watched(builder(meter, name, description).setUnit("By"), value);
    }

    private static void count(Meter meter, String name, String description, LongSupplier value) {
        watched(builder(meter, name, description), value);
    }

    private static LongGaugeBuilder builder(Meter meter, String name, String description) {
        return meter.gaugeBuilder("riskcluster." + name).ofLongs().setDescription(description);
    }

    /** It lives as long as the meter's provider, which the metrics close. */
    private static void watched(LongGaugeBuilder gauge, LongSupplier value) {
        var _ = gauge.buildWithCallback(measured -> measured.record(value.getAsLong()));
    }
}
