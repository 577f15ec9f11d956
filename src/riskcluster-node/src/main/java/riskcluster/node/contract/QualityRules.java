package riskcluster.node.contract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.quality.ColumnRange;
import riskcluster.lakehouse.quality.Measure;
import riskcluster.lakehouse.quality.QualityRule;
import riskcluster.lakehouse.quality.QualityRule.Severity;
import riskcluster.node.contract.Contract.Property;

/**
 * The rules of the contracts of bronze and silver that batches are held to.
 *
 * @param ranges the limits of columns, for the rule that looks at them
 */
public record QualityRules(List<QualityRule> rules, List<ColumnRange> ranges) {

    private static final String ENGINE = "riskcluster";

    public QualityRules {
        rules = List.copyOf(rules);
        ranges = List.copyOf(ranges);
    }

    /**
     * The rules of these contracts.
     *
     * @throws ContractRefused where a rule asks for what is not measured
     */
    public static QualityRules of(Contracts contracts) {
        var rules = new ArrayList<QualityRule>();
        var ranges = new ArrayList<ColumnRange>();
        for (var table : Tables.RECORDS) {
            var contract = contracts.table(table);
            for (var object : contract.objects()) {
                object.quality().stream()
                        .filter(rule -> rule.engine().equals(ENGINE))
                        .forEach(rule -> rules.add(rule(contract, table.qualifiedName(), rule)));
                object.properties().stream()
                        .filter(QualityRules::isLimitedNumber)
                        .forEach(column -> ranges.add(range(table.qualifiedName(), column)));
            }
        }
        return new QualityRules(rules, ranges);
    }

    private static boolean isLimitedNumber(Property column) {
        return column.options().containsKey("minimum") || column.options().containsKey("maximum");
    }

    private static ColumnRange range(String table, Property column) {
        return new ColumnRange(
                table, column.name(), number(column.options(), "minimum"), number(column.options(), "maximum"));
    }

    private static Optional<BigDecimal> number(Map<String, Object> plan, String name) {
        return plan.get(name) instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
    }

    private static QualityRule rule(Contract contract, String table, Contract.QualityRule rule) {
        var named = String.valueOf(rule.plan().get("measure"));
        var measure = Measure.of(named)
                .orElseThrow(() -> refused(
                        contract,
                        rule,
                        "measure is '" + named + "', allowed: "
                                + List.of(Measure.values()).stream()
                                        .map(Measure::text)
                                        .collect(Collectors.joining(", "))));
        double min = -Double.MAX_VALUE;
        double max = Double.MAX_VALUE;
        String expected;
        if (rule.plan().get("mustBe") instanceof BigDecimal exactly) {
            min = exactly.doubleValue();
            max = min;
            expected = exactly.toPlainString();
        } else if (rule.plan().get("mustBeLessOrEqualTo") instanceof BigDecimal most) {
            max = most.doubleValue();
            expected = "at most " + most.toPlainString();
        } else if (rule.plan().get("mustBeGreaterOrEqualTo") instanceof BigDecimal least) {
            min = least.doubleValue();
            expected = "at least " + least.toPlainString();
        } else if (rule.plan().get("mustBeBetween") instanceof List<?> two
                && two.size() == 2
                && two.getFirst() instanceof BigDecimal least
                && two.getLast() instanceof BigDecimal most
                && least.compareTo(most) <= 0) {
            min = least.doubleValue();
            max = most.doubleValue();
            expected = least.toPlainString() + " to " + most.toPlainString();
        } else {
            throw refused(
                    contract,
                    rule,
                    "it says no limit, allowed: mustBe, mustBeLessOrEqualTo, mustBeGreaterOrEqualTo or mustBeBetween"
                            + " with numbers");
        }
        return new QualityRule(
                table, rule.name(), rule.dimension(), severity(contract, rule), measure, min, max, expected);
    }

    private static Severity severity(Contract contract, Contract.QualityRule rule) {
        return switch (rule.severity()) {
            case "error" -> Severity.ERROR;
            case "warning" -> Severity.WARNING;
            default -> throw refused(contract, rule, "severity is '" + rule.severity() + "', allowed: error, warning");
        };
    }

    private static ContractRefused refused(Contract contract, Contract.QualityRule rule, String reason) {
        return new ContractRefused(contract.file(), rule.line(), "rule '" + rule.name() + "': " + reason);
    }
}
