package riskcluster.rollout;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import riskcluster.programs.GoProgram;

/** The manifests once more, by a kustomize and a kubeconform that are built first, and so wherever there is a Go. */
@Tag("full")
class KubernetesByGoTest extends KubernetesTest {

    private static final GoProgram KUSTOMIZE = new GoProgram("sigs.k8s.io/kustomize/kustomize/v5@v5.7.1");
    private static final GoProgram KUBECONFORM = new GoProgram("github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0");

    @Override
    List<String> renderer() throws IOException {
        return List.of(built(KUSTOMIZE).toString(), "build");
    }

    @Override
    Path kubeconform() throws IOException {
        return built(KUBECONFORM);
    }

    private static Path built(GoProgram program) throws IOException {
        assumeTrue(GoProgram.canBeBuilt(), "not run: Go is not installed");
        return program.built();
    }
}
