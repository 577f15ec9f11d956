package riskcluster.node.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractFileTest {

    private static final String GOOD = """
        apiVersion: v3.1.0
        kind: DataContract
        id: shop.orders
        version: 1.0.0
        status: active
        schema:
          - name: orders
            properties:
              - name: id
                logicalType: string
                required: true
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        v3.1.0              | v2.2.2                 | f:1: apiVersion is 'v2.2.2', allowed: v3.0.0 to v3.2.x
        kind: DataContract  | kind: Table            | f:2: kind is 'Table', allowed: DataContract
        id: shop.orders     | domain: shop           | f:1: 'id' is missing
        required: true      | requierd: true         | f:11: 'requierd' of an item of 'properties' is no key of the standard
        required: true      | required: 'yes'        | f:11: 'required' is 'yes', allowed: true or false
        logicalType: string | logicalType: text      | f:10: logicalType is 'text', allowed: array, boolean
        logicalType: string | physicalType: text     | f:9: 'logicalType' is missing
        status: active      | status: @active        | f:5: no YAML
        status: active      | status:                | f:5: 'status' is nothing, allowed: a text
        required: true      | name: id2              | f:11: 'name' stands twice in an item of 'properties'
        """)
    void aBadFileIsRefusedWithLineAndReason(String found, String put, String message) {
        var bad = GOOD.replace(found, put);

        assertThatThrownBy(() -> ContractFile.read("f", bad.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ContractRefused.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertThatThrownBy(() -> ContractFile.read(Path.of("/nowhere/orders.odcs.yaml")))
                .hasMessage("/nowhere/orders.odcs.yaml: there is no such file");
        assertThatThrownBy(() -> ContractFile.read("f", new byte[] {(byte) 0xFF}))
                .hasMessage("f: the file is not UTF-8");
        assertThatThrownBy(() -> ContractFile.read("f", new byte[0]))
                .hasMessage("f:1: the file is empty, allowed: a data contract");
    }
}
