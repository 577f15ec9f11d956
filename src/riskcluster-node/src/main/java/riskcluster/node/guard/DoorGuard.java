package riskcluster.node.guard;

import java.nio.file.Path;
import java.util.Optional;
import riskcluster.node.tls.PemFiles;

/**
 * How the HTTP interface and the operators' interface are guarded.
 *
 * @param tls their identity; without it they speak in the clear
 * @param tokens file of those who may come in; without it everybody may do everything
 */
public record DoorGuard(Optional<PemFiles> tls, Optional<Path> tokens) {

    /** Nobody is asked, as on the loopback address of a developer's machine. */
    public static final DoorGuard NONE = new DoorGuard(Optional.empty(), Optional.empty());
}
