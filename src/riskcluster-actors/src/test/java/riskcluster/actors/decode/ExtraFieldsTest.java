package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.ExtraField.Kind;
import riskcluster.contracts.transaction.Extras;

/** Fields that a cluster's own contract adds are read as the policy in force says. */
class ExtraFieldsTest {

    private static final List<ExtraField> FIELDS = List.of(
            new ExtraField("channel", Kind.STRING, 1_001),
            new ExtraField("attempts", Kind.INTEGER, 1_002),
            new ExtraField("score", Kind.NUMBER, 1_003),
            new ExtraField("trusted", Kind.BOOLEAN, 1_004));

    private final Decoder decoder = new Decoder(SchemaRegistry.empty());

    @TempDir
    private Path folder;

    @Test
    void theirValuesComeWithTheTransaction() {
        var extras = extras(decoder, "\"score\":-1.5e2,\"channel\":\"w\\u00e9b\",\"trusted\":true,\"attempts\":3");

        assertThat(extras.fields()).isEqualTo(FIELDS);
        assertThat(extras.values()).containsExactly("w\u00e9b", 3L, -150.0, true);
    }

    @Test
    void absentOnesAreNull() {
        assertThat(extras(decoder, "\"channel\":null").values()).containsExactly(null, null, null, null);
    }

    @Test
    void withoutThemNothingIsRead() {
        var record = Records.of("u", json("\"attempts\":\"three\""));

        assertThat(Records.accepted(decoder.decode(record)).extras()).isSameAs(Extras.NONE);
    }

    /** A policy may bring fields and take them away while a decoder uses its memory again. */
    @Test
    void whatIsUsedAgainFollowsThePolicy() {
        var own = decoder.own();
        var plain = Records.of("u", json("\"attempts\":3,\"channel\":\"web\""));

        assertThat(Records.accepted(own.decode(plain)).extras()).isSameAs(Extras.NONE);
        assertThat(extras(own, "\"attempts\":3,\"channel\":\"web\"").values()).containsExactly("web", 3L, null, null);
        assertThat(extras(own, "\"trusted\":true").values()).containsExactly(null, null, null, true);
        assertThat(Records.accepted(own.decode(plain)).extras()).isSameAs(Extras.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "attempts":"3"                   | attempts is a string, allowed: an integer
        "attempts":3.0                   | attempts is a number with a fraction or an exponent, allowed: an integer
        "attempts":99999999999999999999  | attempts is "99999999999999999999", allowed: an integer of 64 bits
        "channel":7                      | channel is an integer, allowed: a string
        "score":1e999                    | score is "1e999", allowed: a number of 64 bits
        "score":true                     | score is a boolean, allowed: a number
        "trusted":0                      | trusted is an integer, allowed: true or false
        """)
    void aWrongTypeIsRejected(String member, String detail) {
        var rejected = Records.rejected(decoder.decode(Records.of("u", json(member)), true, FIELDS));

        assertThat(rejected.reason()).isEqualTo(Reason.WRONG_TYPE);
        assertThat(rejected.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"channel\":\"a\",\"channel\":\"b\"", "\"channel\":\"a\",\"ch\\u0061nnel\":\"b\""})
    void oneThatStandsTwiceIsRejected(String members) {
        var rejected = Records.rejected(decoder.decode(Records.of("u", json(members)), true, FIELDS));

        assertThat(rejected.reason()).isEqualTo(Reason.FIELD_TWICE);
    }

    @Test
    void avroHasThemToo() throws IOException {
        var schema = new Schema.Parser().parse("""
            {"type":"record","name":"T","fields":[
              {"name":"transaction_id","type":"string"},{"name":"user_id","type":"string"},
              {"name":"amount","type":"double"},{"name":"timestamp","type":"long"},
              {"name":"channel","type":["null","string"]},{"name":"attempts","type":"int"},
              {"name":"score","type":"float"},{"name":"trusted","type":"boolean"}]}
            """);
        Files.writeString(folder.resolve("5.avsc"), schema.toString());
        var record = new GenericData.Record(schema);
        record.put("transaction_id", "t");
        record.put("user_id", "u");
        record.put("amount", 1.0);
        record.put("timestamp", 1_767_693_600L);
        record.put("channel", "web");
        record.put("attempts", 3);
        record.put("score", 0.5f);
        record.put("trusted", false);

        var decoded = new Decoder(SchemaRegistry.at(folder.toString()))
                .decode(Records.of("u", avro(schema, record)), true, FIELDS);

        assertThat(Records.accepted(decoded).extras().values()).containsExactly("web", 3L, 0.5, false);
    }

    @Test
    void aPolicyWithThemIsAnotherVersionAndIsReadAsItWasStored() {
        var without = PolicyFile.bundled("default");
        var with = without.withExtraFields(FIELDS);

        assertThat(with.version()).isNotEqualTo(without.version());
        assertThat(with.withExtraFields(List.of()).version()).isEqualTo(without.version());
        assertThat(Policy.of(with.stored())).isInstanceOfSatisfying(PolicyReading.Ready.class, ready -> {
            assertThat(ready.policy().extraFields()).isEqualTo(FIELDS);
            assertThat(ready.policy().version()).isEqualTo(with.version());
        });
    }

    private static Extras extras(Decoder decoder, String members) {
        return Records.accepted(decoder.decode(Records.of("u", json(members)), true, FIELDS))
                .extras();
    }

    private static String json(String members) {
        return "{\"transaction_id\":\"t\",\"user_id\":\"u\",\"amount\":1,\"timestamp\":1767693600," + members + "}";
    }

    private static byte[] avro(Schema schema, GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(4).putInt(5).array());
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
