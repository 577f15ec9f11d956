package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static riskcluster.rollout.Project.each;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.programs.Program;

/** The manifests: what they say, and what kustomize makes of them where kubectl or kustomize is installed. */
class KubernetesTest {

    private static final JsonNode DEFINITIONS = Project.json("k8s/schemas/definitions.json");

    @TempDir
    private Path folder;

    /** The command that renders a folder. */
    List<String> renderer() throws IOException {
        var kustomize = Program.find("kustomize");
        assumeTrue(
                kustomize.isPresent() || Program.find("kubectl").isPresent(),
                "not run: neither kubectl nor kustomize is installed");
        return kustomize.isPresent() ? List.of(kustomize.get().toString(), "build") : List.of("kubectl", "kustomize");
    }

    /** The program that holds manifests to schemas. */
    Path kubeconform() throws IOException {
        var kubeconform = Program.find("kubeconform");
        assumeTrue(kubeconform.isPresent(), "not run: kubeconform is not installed");
        return kubeconform.get();
    }

    private String text(String overlay) throws IOException {
        return text(Project.file("k8s/overlays/" + overlay));
    }

    private String text(Path kustomized) throws IOException {
        var command = new ArrayList<>(renderer());
        command.add(kustomized.toString());
        var answer = Project.run(command.toArray(String[]::new));
        assertThat(answer.status()).as(answer.text()).isZero();
        return answer.text();
    }

    private List<JsonNode> rendered(String overlay) throws IOException {
        return Project.yaml(text(overlay));
    }

    private static Stream<JsonNode> of(List<JsonNode> documents, String kind) {
        return documents.stream().filter(each -> each.path("kind").asText().equals(kind));
    }

    private static JsonNode statefulSet(List<JsonNode> documents) {
        return of(documents, "StatefulSet").findFirst().orElseThrow();
    }

    private static void holdToSchema(JsonNode document) {
        var kind = document.path("kind").asText();
        var schema = (ObjectNode) Project.json("k8s/schemas/" + kind.toLowerCase(Locale.ROOT) + ".json");
        var reference = schema.path("$ref").asText();
        if (!reference.isEmpty()) {
            schema.put("$ref", reference.substring(reference.indexOf('#')));
            schema.set("definitions", DEFINITIONS.path("definitions"));
        }
        assertThat(Project.violations(schema, VersionFlag.V7, document))
                .as(kind)
                .isEmpty();
    }

    @Test
    void everyManifestFitsTheSchemaOfItsKind() {
        assertThat(Project.files("k8s", ".yaml"))
                .filteredOn(file -> !file.endsWith("kustomization.yaml"))
                .hasSizeGreaterThan(10)
                .allSatisfy(file -> Project.yaml(Project.text(file.toString())).forEach(KubernetesTest::holdToSchema));
    }

    @Test
    void kubeconformSaysSoToo() throws Exception {
        var files = Project.files("k8s", ".yaml").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .toList();
        var answer = conforms(files);
        assertThat(answer.status()).as(answer.text()).isZero();

        var wrong = Files.writeString(
                folder.resolve("wrong.yaml"),
                Project.text("k8s/base/disruption.yaml").replace("maxUnavailable:", "maxUnavailible:"));
        assertThat(conforms(List.of(wrong)).text()).contains("maxUnavailible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void kubeconformSaysSoOfWhatIsRendered(String overlay) throws Exception {
        var answer = conforms(List.of(Files.writeString(folder.resolve(overlay + ".yaml"), text(overlay))));
        assertThat(answer.status()).as(answer.text()).isZero();
    }

    private Program.Answer conforms(List<Path> files) throws IOException {
        var command = new ArrayList<>(List.of(
                kubeconform().toString(),
                "-strict",
                "-schema-location",
                Project.file("k8s/schemas").toUri().getPath() + "/{{ .ResourceKind }}.json"));
        files.forEach(file -> command.add(file.toString()));
        return Project.run(command.toArray(String[]::new));
    }

    @Test
    void aFieldThatDoesNotExistIsFound() {
        var wrong = Project.yaml(Project.text("k8s/base/disruption.yaml")).getFirst();
        ((ObjectNode) wrong.path("spec")).put("maxUnavailible", 1);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> holdToSchema(wrong)))
                .hasMessageContaining("maxUnavailible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void whatIsRenderedFitsToo(String overlay) throws Exception {
        assertThat(rendered(overlay)).hasSizeGreaterThan(10).allSatisfy(KubernetesTest::holdToSchema);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void everyPodKeepsToTheRestrictedStandard(String overlay) throws Exception {
        var documents = rendered(overlay);
        assertThat(of(documents, "Namespace"))
                .allSatisfy(namespace -> assertThat(namespace
                                .path("metadata")
                                .path("labels")
                                .path("pod-security.kubernetes.io/enforce")
                                .asText())
                        .isEqualTo("restricted"));
        var pods = documents.stream()
                .map(each -> each.path("spec").path("template").path("spec"))
                .filter(spec -> spec.has("containers"))
                .toList();
        assertThat(pods).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(each(pod.path("volumes")))
                    .allMatch(volume -> volume.has("configMap") || volume.has("secret") || volume.has("emptyDir"));
            assertThat(each(pod.path("containers"))).allSatisfy(container -> {
                assertThat(container
                                .at("/securityContext/allowPrivilegeEscalation")
                                .asBoolean(true))
                        .isFalse();
                assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                        .isEqualTo("ALL");
                assertThat(container.at("/resources/limits/memory").asText())
                        .isNotEmpty()
                        .isEqualTo(container.at("/resources/requests/memory").asText());
                assertThat(each(container.path("env"))
                                .map(variable -> variable.path("name").asText()))
                        .noneMatch(name -> name.endsWith("PASSWORD") || name.contains("SECRET"));
            });
        });
    }

    @Test
    void aNodeIsProbedAtItsManagementDoorLeavesBeforeItStopsAndWritesNowhereButInTmp() throws Exception {
        var set = statefulSet(rendered("production")).path("spec");
        var pod = set.at("/template/spec");
        var node = pod.at("/containers/0");

        assertThat(set.path("podManagementPolicy").asText()).isEqualTo("Parallel");
        assertThat(set.at("/updateStrategy/type").asText()).isEqualTo("RollingUpdate");
        assertThat(node.at("/startupProbe/httpGet/path").asText()).isEqualTo("/alive");
        assertThat(node.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/alive");
        assertThat(node.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/ready");
        assertThat(node.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(each(node.path("volumeMounts"))
                        .filter(mount -> !mount.path("readOnly").asBoolean()))
                .singleElement()
                .satisfies(mount -> assertThat(mount.path("mountPath").asText()).isEqualTo("/tmp"));
        assertThat(node.at("/resources/limits").has("cpu")).isFalse();
        // 20 s for the partitions and 30 s for the system
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(50);
        Settings.holdVariablesToKeys(each(node.path("env"))
                .map(variable -> variable.path("name").asText())
                .toList());
    }

    @Test
    void whereTheManagementDoorSpeaksTlsEverybodyAsksByHttps() throws Exception {
        var from = folder.toRealPath();
        var production = from.relativize(Project.file("k8s/overlays/production").toRealPath());
        var tls = from.relativize(Project.file("k8s/components/management-tls").toRealPath());
        Files.writeString(
                from.resolve("kustomization.yaml"), "resources: [" + production + "]\ncomponents: [" + tls + "]\n");
        var documents = Project.yaml(text(from));

        assertThat(documents).allSatisfy(KubernetesTest::holdToSchema);
        var node = statefulSet(documents).at("/spec/template/spec/containers/0");
        assertThat(List.of("startupProbe", "readinessProbe", "livenessProbe"))
                .allSatisfy(probe -> assertThat(
                                node.path(probe).at("/httpGet/scheme").asText())
                        .isEqualTo("HTTPS"));
        assertThat(each(node.path("env"))
                        .filter(variable -> variable.path("name").asText().equals("RISKCLUSTER_MANAGEMENT_TLS")))
                .singleElement()
                .satisfies(
                        variable -> assertThat(variable.path("value").asText()).isEqualTo("true"));
        assertThat(of(documents, "ServiceMonitor").map(each -> each.at("/spec/endpoints/0")))
                .singleElement()
                .satisfies(endpoint -> {
                    assertThat(endpoint.path("scheme").asText()).isEqualTo("https");
                    assertThat(endpoint.at("/tlsConfig/serverName").asText()).isEqualTo("riskcluster");
                });
    }

    @Test
    void nodesMayListPodsAndHoldTheirOwnLeaseAndNothingElse() throws Exception {
        var documents = rendered("production");
        var rules = of(documents, "Role").findFirst().orElseThrow().path("rules");

        assertThat(rules.toString())
                .isEqualTo("[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]},"
                        + "{\"apiGroups\":[\"coordination.k8s.io\"],\"resources\":[\"leases\"],\"verbs\":[\"create\"]},"
                        + "{\"apiGroups\":[\"coordination.k8s.io\"],\"resourceNames\":[\"riskcluster-riskcluster\"],"
                        + "\"resources\":[\"leases\"],\"verbs\":[\"get\",\"update\"]}]");
        assertThat(of(documents, "RoleBinding")
                        .findFirst()
                        .orElseThrow()
                        .at("/subjects/0/name")
                        .asText())
                .isEqualTo(statefulSet(documents)
                        .at("/spec/template/spec/serviceAccountName")
                        .asText());
        assertThat(Settings.of("k8s/overlays/production/installation.conf").getString("cluster.name"))
                .isEqualTo("riskcluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void theNetworkIsClosedButForWhatIsNamed(String overlay) throws Exception {
        var policies = of(rendered(overlay), "NetworkPolicy").toList();

        assertThat(policies)
                .filteredOn(policy -> policy.at("/spec/podSelector").isEmpty())
                .singleElement()
                .satisfies(deny -> {
                    assertThat(deny.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
                    assertThat(deny.path("spec").has("ingress")).isFalse();
                    assertThat(deny.path("spec").has("egress")).isFalse();
                });
        // who may come in is always said, and at which port
        assertThat(policies.stream().flatMap(policy -> each(policy.at("/spec/ingress"))))
                .isNotEmpty()
                .allMatch(rule -> rule.has("from") && rule.has("ports"));
        assertThat(policies.stream().flatMap(policy -> each(policy.at("/spec/egress"))))
                .allMatch(rule -> rule.has("ports"));
        // the name servers carry no label of ours
        assertThat(policies.stream()
                        .flatMap(policy -> each(policy.at("/spec/egress")))
                        .filter(rule -> rule.at("/ports/0/port").asInt() == 53))
                .isNotEmpty()
                .allMatch(rule ->
                        rule.at("/to/0/podSelector/matchLabels").toString().equals("{\"k8s-app\":\"kube-dns\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void everyKeyOfTheConfigurationExists(String overlay) {
        var installation = Settings.of("k8s/overlays/" + overlay + "/installation.conf");
        var config = ConfigFactory.parseString(
                        Project.text("k8s/base/node.conf").replace("include \"installation.conf\"", ""))
                .withFallback(installation);

        Settings.holdToKeys(config);
        assertThat(config.getBoolean("cluster.kubernetes-lease")).isTrue();
    }

    @Test
    void aMajorityFoundsTheClusterAndADrainLeavesIt() throws Exception {
        var documents = rendered("production");
        int replicas = statefulSet(documents).at("/spec/replicas").asInt();
        int contacts = ConfigFactory.parseString(
                        Project.text("k8s/base/node.conf").replace("include \"installation.conf\"", ""))
                .getInt("cluster.contacts-min");
        var budget = of(documents, "PodDisruptionBudget").findFirst().orElseThrow();

        assertThat(2 * contacts).isGreaterThan(replicas);
        assertThat(2 * (replicas - budget.at("/spec/maxUnavailable").asInt())).isGreaterThan(replicas);
        var labels = statefulSet(documents).at("/spec/template/metadata/labels");
        assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo("riskcluster");
        assertThat(budget.at("/spec/selector/matchLabels/app.kubernetes.io~1name")
                        .asText())
                .isEqualTo("riskcluster");
        assertThat(of(documents, "Service")
                        .filter(each -> each.at("/spec/clusterIP").asText().equals("None")))
                .singleElement()
                .satisfies(headless -> assertThat(
                                headless.at("/spec/publishNotReadyAddresses").asBoolean())
                        .isTrue());
    }

    @Test
    void scalingEndsAtTheNumberOfPartitions() {
        var autoscaler = Project.yaml(Project.text("k8s/components/scale-on-lag/autoscaler.yaml"))
                .getFirst();

        assertThat(autoscaler.at("/spec/maxReplicas").asInt())
                .isEqualTo(
                        Settings.of("k8s/overlays/production/installation.conf").getInt("topics.partitions"));
    }

    @Test
    void theOperatorOfPrometheusHasTheSameRules() {
        var rules = Project.yaml(Project.text("k8s/components/monitoring/prometheusrule.yaml"))
                .getFirst();

        assertThat(rules.at("/spec/groups"))
                .isEqualTo(Project.yaml(Project.text("telemetry/alerts.yml"))
                        .getFirst()
                        .path("groups"));
    }
}
