package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

public class TextTableTest {

    @Test
    void numbersStandRightAndTextsLeft() {
        var table = new TextTable(List.of("name", "rows"))
                .row(List.of("bronze", "1,200"))
                .row(List.of("s", "7"));

        assertThat(table.lines()).containsExactly("name     rows", "bronze  1,200", "s           7");
    }

    @Test
    void whatATerminalWouldObeyIsShownAsAMark() {
        var table = new TextTable(List.of("merchant")).row(List.of("\u001b[2Jshop\u009b\u202e\n"));

        assertThat(table.lines().getLast()).isEqualTo("\uFFFD[2Jshop\uFFFD\uFFFD\uFFFD");
    }
}
