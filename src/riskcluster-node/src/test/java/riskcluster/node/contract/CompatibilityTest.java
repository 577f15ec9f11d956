package riskcluster.node.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {

    private static final String BEFORE = """
        apiVersion: v3.1.0
        kind: DataContract
        id: shop.orders
        name: orders
        version: 1.0.0
        status: active
        schema:
          - name: orders
            properties:
              - name: id
                logicalType: string
                required: true
                primaryKey: true
                primaryKeyPosition: 1
                logicalTypeOptions:
                  maxLength: 20
              - name: price
                logicalType: number
                physicalType: decimal(18, 4)
                required: true
                logicalTypeOptions:
                  minimum: 0
              - name: pieces
                logicalType: integer
                physicalType: int
                required: false
              - name: state
                logicalType: string
                required: false
                quality:
                  - metric: invalidValues
                    arguments:
                      validValues: [open, paid]
                    mustBe: 0
              - name: lines
                logicalType: array
                required: false
                items:
                  logicalType: object
                  properties:
                    - name: article
                      logicalType: string
                      required: true
        """;

    @Test
    void aContractIsCompatibleWithItself() {
        assertThat(Compatibility.between(contract(BEFORE), contract(BEFORE))).isEmpty();
    }

    /** What is replaced in the contract, by what, whether it is compatible, where and what is said; ^ is a line's end. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
        name: pieces               | name: count             | yes | orders.pieces | was removed; its column stays, and is null
        name: price                | name: cost              | no  | orders.price  | was required and was removed
        name: price                | name: cost              | no  | orders.cost   | was added and is required: what was sent before does not have it
        physicalType: int^         | physicalType: long^     | yes | orders.pieces | its type was widened from int to long
        decimal(18, 4)             | decimal(20, 4)          | yes | orders.price  | its type was widened from decimal(18, 4) to decimal(20, 4)
        decimal(18, 4)             | decimal(10, 4)          | no  | orders.price  | its type was narrowed from decimal(18, 4) to decimal(10, 4)
        logicalType: number        | logicalType: integer    | no  | orders.price  | its type was narrowed from number to integer
        logicalType: number        | logicalType: string     | no  | orders.price  | its type was changed from number to string
        [open, paid]               | [open]                  | no  | orders.state  | no longer allowed: paid
        [open, paid]               | [open, paid, sent]      | yes | orders.state  | allowed now: sent
        maxLength: 20              | maxLength: 10           | no  | orders.id     | maxLength was 20 and is 10
        maxLength: 20              | maxLength: 30           | yes | orders.id     | maxLength was 20 and is 30
        maxLength: 20              | pattern: '[0-9]+'       | no  | orders.id     | pattern was not there and is [0-9]+
        minimum: 0                 | minimum: 1              | no  | orders.price  | minimum was 0 and is 1
        minimum: 0                 | minimum: -1             | yes | orders.price  | minimum was 0 and is -1
        primaryKey: true           | primaryKey: false       | no  | orders        | its key was [id] and is []
        name: article              | name: product           | no  | orders.lines[].article | was required and was removed
        id: shop.orders            | id: shop.carts          | no  | contract      | its id was 'shop.orders' and is 'shop.carts'
        - name: orders^            | - name: carts^          | no  | orders        | was removed
        """)
    void everyChangeIsNamed(String found, String put, String compatible, String where, String what) {
        var after = BEFORE.replace(found.replace("^", "\n"), put.replace("^", "\n"));
        assertThat(after).isNotEqualTo(BEFORE);

        var changes = Compatibility.between(contract(BEFORE), contract(after));

        assertThat(changes).anySatisfy(change -> {
            assertThat(change.where()).isEqualTo(where);
            assertThat(change.what()).isEqualTo(what);
        });
        assertThat(changes.stream().allMatch(ContractChange::compatible)).isEqualTo(compatible.equals("yes"));
    }

    @Test
    void anOptionalFieldMayComeAndGo() {
        var more = contract(BEFORE + "      - name: note\n        logicalType: string\n");

        assertThat(Compatibility.between(contract(BEFORE), more))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.compatible()).isTrue();
                    assertThat(change).hasToString("orders.odcs.yaml:43: orders.note: was added");
                });
        assertThat(Compatibility.between(more, contract(BEFORE))).allMatch(ContractChange::compatible);
    }

    @Test
    void aFieldIdIsNeitherChangedNorGivenToAnother() {
        var with = """
                  - name: a
                    logicalType: string
                    customProperties: [{property: fieldId, value: 7}]
            """;
        var before = contract(BEFORE + with);

        assertThat(Compatibility.between(before, contract(BEFORE + with.replace("7", "8"))))
                .anyMatch(change -> !change.compatible() && change.what().equals("fieldId was 7 and is 8"));
        assertThat(Compatibility.between(before, contract(BEFORE + with.replace("name: a", "name: b"))))
                .anyMatch(change -> !change.compatible() && change.what().equals("takes the field id of 'a'"));
    }

    private static Contract contract(String text) {
        return ContractFile.read("orders.odcs.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
