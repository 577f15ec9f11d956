package riskcluster.contracts.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {

    /** Codes stand in tables and queues for ever, so this list only grows. */
    @Test
    void codesNeverChange() {
        assertThat(Arrays.stream(Reason.values()).map(reason -> reason.code() + " " + reason))
                .containsExactly(
                        "RC-1001 VALUE_MISSING",
                        "RC-1002 VALUE_TOO_LARGE",
                        "RC-1003 NOT_DECODABLE",
                        "RC-1004 TOO_DEEP",
                        "RC-1005 FIELD_TWICE",
                        "RC-1006 FIELD_MISSING",
                        "RC-1007 WRONG_TYPE",
                        "RC-1008 TRANSACTION_ID_BAD",
                        "RC-1009 AMOUNT_NEGATIVE",
                        "RC-1010 AMOUNT_NOT_REPRESENTABLE",
                        "RC-1011 TIMESTAMP_BAD",
                        "RC-1012 TIMESTAMP_AHEAD",
                        "RC-1013 KEY_MISSING",
                        "RC-1014 KEY_NOT_USER_ID");
    }

    @Test
    void everyReasonSaysWhatItMeansAndWhatToDo() {
        assertThat(Reason.values()).allSatisfy(reason -> {
            assertThat(reason.meaning()).isNotBlank();
            assertThat(reason.remedy()).isNotBlank();
        });
    }
}
