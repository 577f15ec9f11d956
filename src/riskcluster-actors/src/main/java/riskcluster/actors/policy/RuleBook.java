package riskcluster.actors.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import riskcluster.actors.model.Forest;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.transaction.ExtraField;

/** A rule file's content, checked and compiled, not yet a policy with a version. */
record RuleBook(
        String name,
        List<Rule> rules,
        Map<Band, Integer> bandFloors,
        Band alertFrom,
        long latenessMicros,
        int keyVersion,
        boolean schemaRegistry,
        List<ExtraField> extraFields,
        Countries countries,
        Optional<Forest> model) {

    RuleBook {
        rules = List.copyOf(rules);
        extraFields = List.copyOf(extraFields);
        bandFloors = Map.copyOf(bandFloors);
    }
}
