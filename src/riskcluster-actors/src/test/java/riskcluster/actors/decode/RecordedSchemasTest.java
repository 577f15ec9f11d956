package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import riskcluster.actors.decode.SchemaRegistry.Lookup;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.ledger.RecordedSchema;
import riskcluster.contracts.ledger.SchemaLedger;

class RecordedSchemasTest {

    private static final Schema TEXT = SchemaBuilder.builder().stringType();
    private static final Schema NUMBER = SchemaBuilder.builder().longType();

    private final Ledger ledger = new Ledger();
    private final Map<Integer, Schema> registry = new HashMap<>();

    /** A node that knows nothing but what is recorded. */
    private RecordedSchemas node() {
        return new RecordedSchemas(
                ledger,
                id -> registry.containsKey(id)
                        ? new Lookup.Known(registry.get(id))
                        : new Lookup.Unknown("no schema " + id));
    }

    @Test
    void aSchemaIsRecordedBeforeItIsUsedAndHoldsWhateverTheRegistrySaysLater() {
        registry.put(7, TEXT);
        assertThat(node().schema(7)).isEqualTo(new Lookup.Known(TEXT));
        assertThat(ledger.recorded.get(7).content()).contains("\"string\"");
        registry.put(7, NUMBER);
        assertThat(node().schema(7)).isEqualTo(new Lookup.Known(TEXT));
        registry.clear();
        assertThat(node().schema(7)).isEqualTo(new Lookup.Known(TEXT));
    }

    @Test
    void whoRecordsFirstRecordsForAll() {
        registry.put(7, TEXT);
        ledger.overtakenBy = Optional.of(new RecordedSchema(7, Optional.of("\"long\"")));
        assertThat(node().schema(7)).isEqualTo(new Lookup.Known(NUMBER));
    }

    @Test
    void aSchemaThatCannotBeRecordedIsNotUsed() {
        registry.put(7, TEXT);
        ledger.away = true;
        assertThat(node().schema(7)).isInstanceOf(Lookup.Unknown.class);
        ledger.away = false;
        assertThat(node().schema(7)).isInstanceOf(Lookup.Known.class);
    }

    @Test
    void anIdThatNobodyKnowsIsNotRecorded() {
        assertThat(node().schema(7)).isEqualTo(new Lookup.Unknown("no schema 7"));
        assertThat(ledger.recorded).isEmpty();
    }

    @Test
    void recordsOfAnIdThatWasGivenUpAreRejectedEvenWhenTheRegistryKnowsItLater() {
        ledger.record(new RecordedSchema(7, Optional.empty()));
        registry.put(7, TEXT);
        var decoded = new Decoder(node()).decode(Records.of("u", new byte[] {0, 0, 0, 0, 7, 2, 'u'}));
        assertThat(Records.rejected(decoded).reason()).isEqualTo(Reason.NOT_DECODABLE);
        assertThat(Records.rejected(decoded).detail()).contains("schema 7 was given up");
    }

    @Test
    void underAPolicyWithoutRegistryNothingIsLookedUp() {
        registry.put(7, TEXT);
        var decoded = new Decoder(node()).decode(Records.of("u", new byte[] {0, 0, 0, 0, 7, 2, 'u'}), false);
        assertThat(Records.rejected(decoded).detail()).contains("no schema registry");
        assertThat(ledger.recorded).isEmpty();
    }

    private static final class Ledger implements SchemaLedger {
        private final Map<Integer, RecordedSchema> recorded = new HashMap<>();
        private Optional<RecordedSchema> overtakenBy = Optional.empty();
        private boolean away;

        @Override
        public Optional<RecordedSchema> find(int id) {
            return Optional.ofNullable(recorded.get(id));
        }

        @Override
        public RecordedSchema record(RecordedSchema schema) {
            if (away) {
                throw new IllegalStateException("away");
            }
            overtakenBy.ifPresent(other -> recorded.put(other.id(), other));
            recorded.putIfAbsent(schema.id(), schema);
            return recorded.get(schema.id());
        }
    }
}
