package riskcluster.actors.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text beside the alert cursor, which nodes of two builds write and read in turn. */
class CursorNoteTest {

    private static final CursorNote NOTE = new CursorNote(12, 3_400, 3_000, -1);
    private static final String TEXT = "epoch=12 data=3400 profile=3000 leader=-1";

    @Test
    void itIsWrittenAsOlderProgramsReadItAndReadAsTheyWroteIt() {
        assertThat(NOTE.text()).isEqualTo(TEXT);
        assertThat(CursorNote.of(TEXT)).contains(NOTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "metadata of another program", TEXT + " more=1"})
    void whatIsNoneIsTakenForNone(String text) {
        assertThat(CursorNote.of(text)).isEmpty();
    }
}
