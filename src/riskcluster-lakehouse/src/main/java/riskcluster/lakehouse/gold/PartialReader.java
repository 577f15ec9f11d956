package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
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

    /** One transaction by each payment method, since most cells of a merchant are just that. */
    private final Split[] single;

    PartialReader(byte[] partial) {
        in = begun(partial);
        in.number(); // those left out, which only the metric wants
        merchants = texts(in);
        paymentMethods = texts(in);
        countries = texts(in);
        currencies = texts(in);
        users = hashes();
        devices = hashes();
        single = Stream.of(paymentMethods).map(name -> Split.of(name, 1)).toArray(Split[]::new);
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

    /** All texts by which cells are told apart. */
    List<@Nullable String> texts() {
        return Stream.of(merchants, paymentMethods, countries, currencies)
                .flatMap(Arrays::stream)
                .toList();
    }

    /** Where each text stands in the order of all of them, from 1; no text stands before them at 0. */
    static Map<String, Integer> ranks(Collection<List<@Nullable String>> texts) {
        var ordered = new TreeSet<String>();
        for (List<@Nullable String> some : texts) {
            for (String text : some) {
                if (text != null) {
                    ordered.add(text);
                }
            }
        }
        var ranks = new HashMap<String, Integer>();
        ordered.forEach(text -> ranks.put(text, ranks.size() + 1));
        return ranks;
    }

    /** Hands over every cell; may be called once. */
    void forEach(Map<String, Integer> ranks, BiConsumer<Cube, Cell> taker) {
        int[] currencyRanks = ranks(ranks, currencies);
        long[] merchantHashes = merchantHashes();
        int cubes = in.count();
        for (int i = 0; i < cubes; i++) {
            Cube cube = Cube.of(in.count());
            int[] textRanks = ranks(ranks, texts(cube));
            int count = in.count();
            long slot = 0;
            for (int j = 0; j < count; j++) {
                slot += in.signed();
                taker.accept(cube, cell(cube, slot, textRanks, currencyRanks, merchantHashes));
            }
        }
    }

    private Cell cell(Cube cube, long slot, int[] textRanks, int[] currencyRanks, long[] merchantHashes) {
        int text = in.count();
        int currency = in.count();
        int mask = in.octet();
        long[] sums = sums();
        long[] cellUsers = members(users);
        long[] cellDevices = members(devices);
        int others = in.count();
        return new Cell(
                Cell.order(textRanks[text], currencyRanks[currency]),
                cube.startMicros(slot),
                texts(cube)[text],
                currencies[currency],
                mask,
                sums,
                cellUsers,
                cellDevices,
                cube == Cube.COUNTRY ? merchants(others, merchantHashes) : NO_HASHES,
                switch (cube) {
                    case MERCHANT -> split(others);
                    case PAYMENT_METHOD -> Split.of(paymentMethods[text], sums[Measures.TRANSACTIONS]);
                    case COUNTRY -> Split.NONE;
                });
    }

    private long[] sums() {
        var sums = new long[Measures.COUNT];
        sums[Measures.TRANSACTIONS] = in.number();
        sums[Measures.UNITS] = in.number();
        int there = in.octet();
        for (int i = PartialWriter.FIRST_SELDOM; there >> i - PartialWriter.FIRST_SELDOM != 0; i++) {
            sums[i] = (there & 1 << i - PartialWriter.FIRST_SELDOM) == 0 ? 0 : in.number();
        }
        return sums;
    }

    /** The hashes of the numbers that come next, sorted. */
    private long[] members(long[] hashes) {
        var members = new long[in.count()];
        for (int i = 0; i < members.length; i++) {
            members[i] = hashes[in.count()];
        }
        return Hashes.distinct(members, members.length);
    }

    /** The merchants of a country; those without a name are none. */
    private long[] merchants(int others, long[] merchantHashes) {
        var hashes = new long[others];
        int size = 0;
        for (int i = 0; i < others; i++) {
            int number = in.count();
            in.number();
            if (number != Texts.NONE) {
                hashes[size++] = merchantHashes[number];
            }
        }
        return Hashes.distinct(hashes, size);
    }

    private Split split(int others) {
        Split split = Split.NONE;
        for (int i = 0; i < others; i++) {
            int number = in.count();
            long times = in.number();
            split = split.plus(times == 1 ? single[number] : Split.of(paymentMethods[number], times));
        }
        return split;
    }

    private @Nullable String[] texts(Cube cube) {
        return switch (cube) {
            case MERCHANT -> merchants;
            case PAYMENT_METHOD -> paymentMethods;
            case COUNTRY -> countries;
        };
    }

    /** At their numbers; the first is no text. */
    private static @Nullable String[] texts(ByteSource in) {
        var texts = new @Nullable String[1 + in.count()];
        for (int i = 1; i < texts.length; i++) {
            texts[i] = in.text();
        }
        return texts;
    }

    private static int[] ranks(Map<String, Integer> ranks, @Nullable String[] texts) {
        var numbers = new int[texts.length];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = Objects.requireNonNull(ranks.get(texts[i]));
        }
        return numbers;
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
