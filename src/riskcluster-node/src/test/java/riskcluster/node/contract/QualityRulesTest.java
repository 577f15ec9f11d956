package riskcluster.node.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import riskcluster.lakehouse.quality.Measure;
import riskcluster.lakehouse.quality.QualityRule;

class QualityRulesTest {

    private static final Path TABLE =
            Path.of(System.getProperty("riskcluster.root"), "contracts/tables/bronze.rejected.odcs.yaml");

    @TempDir
    private Path folder;

    @Test
    void everyMeasureHasARuleInTheContractsThatComeWithTheProgram() {
        var rules = QualityRules.of(Contracts.bundled());

        assertThat(rules.rules()).extracting(QualityRule::measure).containsOnly(Measure.values());
        assertThat(rules.ranges())
                .extracting(range -> range.table() + "." + range.column())
                .contains("silver.transactions.probability", "bronze.transactions.amount");
        assertThat(rules.rules())
                .filteredOn(rule -> rule.name().equals("few_rejected"))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.max()).isEqualTo(0.05);
                    assertThat(rule.expected()).isEqualTo("at most 0.05");
                    assertThat(rule.severity()).isEqualTo(QualityRule.Severity.WARNING);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        measure: rejected_share   | measure: beauty       | rule 'few_rejected': measure is 'beauty', allowed: records_without_row
        mustBeLessOrEqualTo: 0.05 | mustBeNice: 0.05      | rule 'few_rejected': it says no limit, allowed: mustBe
        severity: warning         | severity: info        | rule 'few_rejected': severity is 'info', allowed: error, warning
        """)
    void aRuleThatCannotBeCheckedIsRefused(String found, String put, String reason) throws IOException {
        Files.createDirectories(folder.resolve("tables"));
        Files.writeString(
                folder.resolve("tables/bronze.rejected.odcs.yaml"),
                Files.readString(TABLE).replace(found, put));

        assertThatThrownBy(() -> QualityRules.of(Contracts.in(folder)))
                .isInstanceOf(ContractRefused.class)
                .hasMessageContaining(reason);
    }
}
