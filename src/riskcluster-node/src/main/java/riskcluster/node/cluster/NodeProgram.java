package riskcluster.node.cluster;

import java.util.List;
import java.util.Map;

/**
 * What a node's process runs.
 *
 * @param classPath of the program
 * @param name the class to start, which takes the arguments of the command line
 * @param flags more of the Java machine
 * @param environment variables besides those of this process
 */
record NodeProgram(String classPath, String name, List<String> flags, Map<String, String> environment) {

    NodeProgram {
        flags = List.copyOf(flags);
        environment = Map.copyOf(environment);
    }
}
