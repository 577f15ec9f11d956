package riskcluster.lakehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;

class HadoopSecurityTest {

    @Test
    void writingCommittingAndReadingNeverLoadsHadoopsUserGroupInformation(@TempDir Path folder) throws JMException {
        try (var lake = new TestLake(folder)) {
            lake.seal(0, 3);
            lake.committer().commitOnce();
            assertThat(lake.coordinates(Tables.SILVER_TRANSACTIONS)).hasSize(3);
        }

        assertThat(loaded("riskcluster.lakehouse.catalog.LocalFileIO")).isTrue();
        assertThat(loaded("org.apache.hadoop.security.UserGroupInformation"))
                .as("it throws on this Java")
                .isFalse();
    }

    /** Asks the JVM for its loaded classes, since asking a class loader would load it. */
    private static boolean loaded(String name) throws JMException {
        String hierarchy = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassHierarchy",
                        new Object[] {new String[] {name}},
                        new String[] {String[].class.getName()});
        return hierarchy.contains(name);
    }
}
