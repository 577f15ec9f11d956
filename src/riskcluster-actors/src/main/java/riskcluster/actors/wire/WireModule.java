package riskcluster.actors.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.score.Profile;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Extras;
import riskcluster.contracts.transaction.Transaction;

/**
 * The names of what travels between nodes. A name once given is never given to something else: nodes of two versions
 * talk to each other while a cluster is upgraded.
 */
public final class WireModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Found by its name in the configuration. */
    public WireModule() {
        super("riskcluster");
        setMixInAnnotation(Partition.Command.class, Commands.class);
        setMixInAnnotation(Partition.Reply.class, Replies.class);
        setMixInAnnotation(Outcome.class, Outcomes.class);
        setMixInAnnotation(Transaction.class, Transactions.class);
        addSerializer(new ProfileWriter());
        addDeserializer(Profile.class, new ProfileReader());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(name = "wake", value = Partition.Wake.class),
        @Type(name = "show-customer", value = Partition.ShowCustomer.class),
        @Type(name = "await-outcome", value = Partition.AwaitOutcome.class),
        @Type(name = "describe", value = Partition.Describe.class)
    })
    private interface Commands {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(name = "customer", value = Partition.CustomerShown.class),
        @Type(name = "outcome", value = Partition.OutcomeShown.class),
        @Type(name = "described", value = Partition.Described.class)
    })
    private interface Replies {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(name = "decided", value = Outcome.Decided.class),
        @Type(name = "duplicate", value = Outcome.Duplicate.class),
        @Type(name = "rejected", value = Outcome.Rejected.class),
        @Type(name = "erased", value = Outcome.Erased.class)
    })
    private interface Outcomes {}

    /** Extra fields are said only where there are any: nodes of older builds do not know them. */
    @SuppressWarnings("UnusedMethod") // Jackson looks at what stands on it
    private interface Transactions {
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NoExtras.class)
        Extras extras();
    }

    /** Equal to what is left out. */
    private static final class NoExtras {
        @Override
        public boolean equals(@Nullable Object other) {
            return other == null || other.equals(Extras.NONE);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** A profile travels as it rests. */
    private static final class ProfileWriter extends StdSerializer<Profile> {
        private static final long serialVersionUID = 1L;

        ProfileWriter() {
            super(Profile.class);
        }

        @Override
        public void serialize(Profile profile, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeBinary(profile.encode());
        }
    }

    private static final class ProfileReader extends StdDeserializer<Profile> {
        private static final long serialVersionUID = 1L;

        ProfileReader() {
            super(Profile.class);
        }

        @Override
        public Profile deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Profile.decode(in.getBinaryValue());
        }
    }
}
