package riskcluster.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonEnvironmentTest {
    @Test
    void outsideReadersCanBeLoaded() throws Exception {
        var answer =
                PythonEnvironment.ready().run("-c", "import pyiceberg.catalog.sql, pyarrow, duckdb; print('read')");

        assertThat(answer.text()).isEqualToIgnoringNewLines("read");
        assertThat(answer.status()).isZero();
    }
}
