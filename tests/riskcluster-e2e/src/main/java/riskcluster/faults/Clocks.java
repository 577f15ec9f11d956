package riskcluster.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Clocks of processes that are off, by libfaketime: the process asks the system for the time and is told another. Time
 * that only runs, by which pauses are measured, is left alone.
 */
final class Clocks {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final int DEPTH_MAX = 3;

    private final Optional<Path> library;

    private Clocks(Optional<Path> library) {
        this.library = library;
    }

    /** Looks for the library where Debian has it. */
    static Clocks here() throws IOException {
        if (!Files.isDirectory(LIBRARIES)) {
            return new Clocks(Optional.empty());
        }
        try (var found =
                Files.find(LIBRARIES, DEPTH_MAX, (file, kind) -> file.endsWith("faketime/libfaketimeMT.so.1"))) {
            return new Clocks(found.findFirst());
        }
    }

    boolean canBeOff() {
        return library.isPresent();
    }

    /**
     * The environment of a process whose clock is two hours ahead. The last word keeps timed waits as they are: by default
     * the library takes them for waits until a time of the wrong clock, which has been, and every waiting thread spins.
     */
    Map<String, String> twoHoursAhead() {
        return Map.of(
                "LD_PRELOAD",
                library.orElseThrow().toString(),
                "FAKETIME",
                "+2h",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }
}
