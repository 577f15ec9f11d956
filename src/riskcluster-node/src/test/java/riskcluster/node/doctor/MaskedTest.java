package riskcluster.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database.password = canary",
                "password=\"canary\"",
                "DB_PASSWORD: 'canary'",
                "{\"api_key\": \"canary\", \"x\": 1}",
                "s3.access-key-id = canary",
                "sasl.jaas.config=\"org.Login required password=\\\"canary\\\";\"",
                "jdbc:postgresql://db/risk?user=a&password=canary&ssl=true",
                "https://user:canary@registry:8080/x",
                "token=canary",
                "client.secret=canary",
                "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----"
            })
    void aSecretIsMasked(String text) {
        assertThat(Masked.of(text)).doesNotContain("canary").contains("***");
    }

    @Test
    void whatIsNoSecretStays() {
        var text = """
            database { url = "jdbc:postgresql://db:5432/risk", password-file = "/run/secrets/db" }
            pseudonym-key-file = /run/secrets/key
            {"key": "RC-1001", "partition": 3}
            """;

        assertThat(Masked.of(text)).isEqualTo(text);
    }
}
