package riskcluster.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import riskcluster.node.doctor.Diagnosis.Wrong;
import riskcluster.node.explain.Finding;

/** Faults as a node's answers show them. */
class SymptomsTest {

    private static JsonNode tree(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json.replace('\'', '"'));
    }

    @Test
    void causesOfIllHealthKeepTheirNumbers() throws JsonProcessingException {
        assertThat(Symptoms.health(tree("{'status':'well','why':[]}")).isFine()).isTrue();
        assertThat(Symptoms.health(tree(
                                "{'why':[{'code':'RC-2001','where':'pekko://a'},{'code':'RC-2005','where':'partition"
                                        + " 3'}]}"))
                        .wrong())
                .containsExactly(
                        new Wrong(Finding.MEMBER_UNREACHABLE, "pekko://a"),
                        new Wrong(Finding.PARTITION_BETWEEN_TENURES, "partition 3"));
    }

    @Test
    void twoVersionsAreAnUpgradeThatHasNotEnded() throws JsonProcessingException {
        assertThat(Symptoms.versions(tree("{'members':[{'version':'1.0'},{'version':'1.0'}]}"))
                        .isFine())
                .isTrue();
        assertThat(Symptoms.versions(tree("{'members':[{'version':'1.1'},{'version':'1.0'}]}"))
                        .wrong())
                .containsExactly(new Wrong(Finding.VERSIONS_DIFFER, "1.0, 1.1"));
    }

    @Test
    void interfacesOfTwoClustersKnowNoMemberInCommon() throws JsonProcessingException {
        var one = tree("{'members':[{'address':'a'},{'address':'b'}]}");

        assertThat(Symptoms.sameCluster(one, tree("{'members':[{'address':'b'}]}"))
                        .isFine())
                .isTrue();
        assertThat(Symptoms.sameCluster(one, tree("{'members':[{'address':'c'}]}"))
                        .wrong())
                .containsExactly(new Wrong(Finding.TWO_CLUSTERS, "by HTTP a, b; by the operators' interface c"));
    }

    @Test
    void aNodeThatIsNotReadyAndARuleThatABatchBroke() throws JsonProcessingException {
        assertThat(Symptoms.ready(tree("{'ready':true,'why':[],'alarms':[]}")).isFine())
                .isTrue();
        assertThat(Symptoms.ready(tree("{'ready':false,'why':['no answer yet'],'alarms':['rule x broke']}"))
                        .wrong())
                .containsExactly(
                        new Wrong(Finding.NOT_READY, "no answer yet"),
                        new Wrong(Finding.QUALITY_BROKEN, "rule x broke"));
    }

    @Test
    void countersThatShouldStandAtZero() {
        var metrics = """
            # TYPE riskcluster_customers_split_total counter
            riskcluster_customers_split_total{partition="1"} 2.0
            riskcluster_customers_split_total{partition="2"} 1.0
            riskcluster_commit_failures_total 0.0
            riskcluster_batch 7.0
            """;

        assertThat(Symptoms.figures(metrics).wrong())
                .containsExactly(
                        new Wrong(Finding.CUSTOMERS_SPLIT, "riskcluster_customers_split_total is 3 (customers)"));
        assertThat(Symptoms.figures("riskcluster_commit_failures_total 4.0\n").wrong())
                .extracting(Wrong::finding)
                .containsExactly(Finding.COMMITS_FAIL);
        assertThat(Symptoms.figures("").isFine()).isTrue();
    }

    @Test
    void clocksMayDifferByHalfAMinute() {
        var here = Instant.parse("2026-01-06T10:00:00Z");

        assertThat(Surroundings.clock(here, here.plusSeconds(30)).isFine()).isTrue();
        assertThat(Surroundings.clock(here, here.minusSeconds(31)).wrong())
                .containsExactly(new Wrong(Finding.CLOCK_DIFFERS, "by 31 s"));
    }
}
