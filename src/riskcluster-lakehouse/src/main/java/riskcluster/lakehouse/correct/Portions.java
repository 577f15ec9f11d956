package riskcluster.lakehouse.correct;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.ledger.CorrectionTable.Portion;

/** Decisions as bytes, some thousand of one partition together: a version, then each row, compressed as one. */
final class Portions {

    private static final int VERSION = 1;
    private static final int BYTES_PER_ROW = 160;

    private Portions() {}

    static Portion write(LogPartition source, List<NewDecision> decisions) {
        var bytes = new ByteArrayOutputStream(decisions.size() * BYTES_PER_ROW);
        try (var out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeByte(VERSION);
            out.writeInt(decisions.size());
            for (NewDecision decision : decisions) {
                write(out, decision);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write into memory", failure);
        }
        return new Portion(source, decisions.getFirst().offset(), bytes.toByteArray());
    }

    static List<NewDecision> read(Portion portion) {
        try (var in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(portion.content())))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("a correction was written in form " + version
                        + ", this program knows form " + VERSION + ": run a newer program");
            }
            int count = in.readInt();
            var decisions = new ArrayList<NewDecision>(count);
            for (int i = 0; i < count; i++) {
                decisions.add(read(in));
            }
            return decisions;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the rows of a correction from " + portion.source() + "/" + portion.first() + " cannot be read",
                    failure);
        }
    }

    private static void write(DataOutputStream out, NewDecision decision) throws IOException {
        out.writeLong(decision.offset());
        out.writeLong(decision.watermarkMicros());
        out.writeInt(decision.count30m());
        out.writeInt(decision.points());
        out.writeByte(decision.band().ordinal());
        out.writeDouble(decision.probability());
        out.writeShort(decision.firedRules().size());
        for (FiredRule rule : decision.firedRules()) {
            out.writeUTF(rule.rule());
            out.writeInt(rule.points());
            out.writeUTF(rule.observed());
        }
        out.writeShort(decision.features().length);
        for (float feature : decision.features()) {
            out.writeFloat(feature);
        }
        out.writeInt(decision.featureVersion());
        out.writeUTF(decision.policyVersion());
        out.writeBoolean(decision.late());
        out.writeBoolean(decision.approximate());
    }

    private static NewDecision read(DataInputStream in) throws IOException {
        return new NewDecision(
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                Band.values()[in.readUnsignedByte()],
                in.readDouble(),
                rules(in),
                features(in),
                in.readInt(),
                in.readUTF().intern(),
                in.readBoolean(),
                in.readBoolean());
    }

    private static List<FiredRule> rules(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        var rules = new ArrayList<FiredRule>(count);
        for (int i = 0; i < count; i++) {
            rules.add(new FiredRule(in.readUTF().intern(), in.readInt(), in.readUTF()));
        }
        return List.copyOf(rules);
    }

    private static float[] features(DataInputStream in) throws IOException {
        var features = new float[in.readUnsignedShort()];
        for (int i = 0; i < features.length; i++) {
            features[i] = in.readFloat();
        }
        return features;
    }
}
