package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PartialWriter} wrote, cell by cell. */
final class PartialReader {

    private static final long[] NO_HASHES = {};

    private final ByteSource in;
    private final @Nullable String[] merchants;
    private final @Nullable String[] paymentMethods;
    private final @Nullable String[] countries;
    private final @Nullable String[] currencies;
    private final long[] users;
    private final long[] devices;

    PartialReader(byte[] partial) {
        in = begun(partial);
        in.number(); // those left out, which only the metric wants
        merchants = texts();
        paymentMethods = texts();
        countries = texts();
        currencies = texts();
        users = hashes();
        devices = hashes();
    }

    /** Decisions that came too late for some window they lie in; 0 for no partials at all. */
    static long leftOut(byte[] partial) {
        return partial.length == 0 ? 0 : begun(partial).number();
    }

    private static ByteSource begun(byte[] partial) {
        var in = new ByteSource(ByteBuffer.wrap(partial));
        int version = in.octet();
        if (version != PartialWriter.VERSION) {
            throw new IllegalArgumentException("a checkpoint's partials have version " + version + ", known: "
                    + PartialWriter.VERSION + "; commit it with the program that sealed it");
        }
        return in;
    }

    /** Hands over every cell, once; the object is the same each time. */
    void forEach(Consumer<Cell> taker) {
        int cubes = in.count();
        for (int i = 0; i < cubes; i++) {
            Cube cube = Cube.of(in.count());
            var cell = new Cell(cube, otherTexts(cube), cube == Cube.COUNTRY ? merchantHashes() : NO_HASHES);
            int count = in.count();
            long slot = 0;
            for (int j = 0; j < count; j++) {
                slot += in.signed();
                cell.startMicros = cube.startMicros(slot);
                cell.text = texts(cube)[in.count()];
                cell.currency = currencies[in.count()];
                cell.mask = in.octet();
                sums(cell.sums);
                cell.users.read(in, users);
                cell.devices.read(in, devices);
                others(cell);
                taker.accept(cell);
            }
        }
    }

    private void sums(long[] sums) {
        sums[Measures.TRANSACTIONS] = in.number();
        sums[Measures.UNITS] = in.number();
        int there = in.octet();
        for (int i = PartialWriter.FIRST_SELDOM; i < Measures.COUNT; i++) {
            sums[i] = (there & 1 << i - PartialWriter.FIRST_SELDOM) == 0 ? 0 : in.number();
        }
    }

    private void others(Cell cell) {
        cell.others = in.count();
        cell.roomForOthers();
        for (int i = 0; i < cell.others; i++) {
            cell.otherNumbers[i] = in.count();
            cell.otherTimes[i] = in.number();
        }
    }

    private @Nullable String[] texts(Cube cube) {
        return switch (cube) {
            case MERCHANT -> merchants;
            case PAYMENT_METHOD -> paymentMethods;
            case COUNTRY -> countries;
        };
    }

    private @Nullable String[] otherTexts(Cube cube) {
        return cube == Cube.MERCHANT ? paymentMethods : merchants;
    }

    /** At their numbers; the first is no text. */
    private @Nullable String[] texts() {
        var texts = new @Nullable String[1 + in.count()];
        for (int i = 1; i < texts.length; i++) {
            texts[i] = in.text();
        }
        return texts;
    }

    private long[] merchantHashes() {
        var hashes = new long[merchants.length];
        for (int i = 1; i < hashes.length; i++) {
            hashes[i] = IdHash.of(Objects.requireNonNull(merchants[i]));
        }
        return hashes;
    }

    private long[] hashes() {
        var hashes = new long[1 + in.count()];
        for (int i = 1; i < hashes.length; i++) {
            hashes[i] = in.fixed();
        }
        return hashes;
    }
}
