package riskcluster.node.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built, and the Java that runs it. */
final class Version implements IVersionProvider {

    private static final String BUILT = "/META-INF/maven/riskcluster/riskcluster-node/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"riskcluster " + built() + ", Java " + Runtime.version()};
    }

    private static String built() throws IOException {
        try (var in = Version.class.getResourceAsStream(BUILT)) {
            if (in == null) {
                return "from its sources";
            }
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "of no number");
        }
    }
}
