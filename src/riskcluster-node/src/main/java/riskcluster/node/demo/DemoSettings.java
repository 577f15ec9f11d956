package riskcluster.node.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a demo shows.
 *
 * @param input file to feed instead of the generator
 * @param rules rule file, or the name of a bundled one
 * @param records how many to feed at most; 0 for all of a file
 * @param rate records a second; 0 for as fast as it goes
 */
public record DemoSettings(
        Path home, Optional<Path> input, String rules, long records, double rate, long seed, int customers) {

    public DemoSettings {
        if (records < 0) {
            throw new IllegalArgumentException("records is " + records + ", allowed: 0 or more");
        }
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate is " + rate + ", allowed: 0 or more");
        }
    }
}
