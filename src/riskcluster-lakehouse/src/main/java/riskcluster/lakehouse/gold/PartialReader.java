package riskcluster.lakehouse.gold;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PartialWriter} wrote, cell by cell. */
final class PartialReader {

    private static final long[] NO_HASHES = {};

    /** Without customers' keys; all cells with users, devices and what the cube has beside them. */
    private static final int VERSION_WITHOUT_KEYS = 1;

    private final int version;
    private final ByteSource in;
    private final @Nullable String[] merchants;
    private final @Nullable String[] paymentMethods;
    private final @Nullable String[] countries;
    private final @Nullable String[] currencies;
    private final @Nullable String[] keys;
    private final @Nullable String[] deviceKeys;
    private final int withoutMember;
    private final int[] days;
    private final long[] users;
    private final long[] devices;

    /** One transaction by each payment method, since most cells of a merchant are just that. */
    private final Split[] single;

    PartialReader(byte[] partial) {
        in = begun(partial);
        version = partial[0];
        in.number(); // those left out, which only the metric wants
        merchants = texts(in);
        paymentMethods = texts(in);
        countries = texts(in);
        currencies = texts(in);
        keys = version == VERSION_WITHOUT_KEYS ? new @Nullable String[1] : keys();
        users = version == VERSION_WITHOUT_KEYS ? hashes() : hashes(keys);
        boolean star = version > PartialWriter.VERSION_WITHOUT_STAR;
        deviceKeys = star ? keys() : new @Nullable String[1];
        devices = star ? hashes(deviceKeys) : hashes();
        withoutMember = star ? in.octet() : 0;
        days = star ? days() : new int[0];
        single = Stream.of(paymentMethods).map(name -> Split.of(name, 1)).toArray(Split[]::new);
    }

    /** Decisions that came too late for some window they lie in; 0 for no partials at all. */
    static long leftOut(byte[] partial) {
        return partial.length == 0 ? 0 : begun(partial).number();
    }

    private static ByteSource begun(byte[] partial) {
        var in = new ByteSource(ByteBuffer.wrap(partial));
        int version = in.octet();
        if (version < VERSION_WITHOUT_KEYS || version > PartialWriter.VERSION) {
            throw new IllegalArgumentException("a checkpoint's partials have version " + version + ", known: up to "
                    + PartialWriter.VERSION + "; commit it with the program that sealed it");
        }
        return in;
    }

    /** All texts by which cells are told apart. */
    List<@Nullable String> texts() {
        return Stream.of(merchants, paymentMethods, countries, currencies, keys)
                .flatMap(Arrays::stream)
                .toList();
    }

    /** Where each text stands in the order of all of them, from 1; no text stands before them at 0. */
    static Map<String, Integer> ranks(Collection<List<@Nullable String>> texts) {
        var ordered = new ArrayList<String>();
        for (List<@Nullable String> some : texts) {
            for (String text : some) {
                if (text != null) {
                    ordered.add(text);
                }
            }
        }
        Collections.sort(ordered);
        var ranks = HashMap.<String, Integer>newHashMap(ordered.size());
        ordered.forEach(text -> ranks.putIfAbsent(text, ranks.size() + 1));
        return ranks;
    }

    /** Adds the members of dimensions to which facts point; none where there is no star. */
    void pointed(Pointed pointed) {
        if (days.length == 0) {
            return;
        }
        for (int day : days) {
            pointed.addDay(day);
        }
        members(pointed, Dimension.MERCHANT, merchants);
        members(pointed, Dimension.DEVICE, deviceKeys);
        members(pointed, Dimension.COUNTRY, countries);
    }

    private void members(Pointed pointed, Dimension dimension, @Nullable String[] texts) {
        int first = (withoutMember & Tally.bit(dimension)) == 0 ? 1 : 0;
        for (int i = first; i < texts.length; i++) {
            pointed.add(dimension, texts[i]);
        }
    }

    private int[] days() {
        var read = new int[in.count()];
        for (int i = 0; i < read.length; i++) {
            read[i] = Math.toIntExact(in.signed());
        }
        return read;
    }

    /** Hands over every cell; may be called once. */
    void forEach(Map<String, Integer> ranks, BiConsumer<Cube, Cell> taker) {
        int[] currencyRanks = ranks(ranks, currencies);
        long[] merchantHashes = hashes(merchants);
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
        long[] cellUsers = has(cube, Cube.Kind.USERS) ? members(users) : NO_HASHES;
        long[] cellDevices = has(cube, Cube.Kind.DEVICES) ? members(devices) : NO_HASHES;
        long[] cellMerchants = has(cube, Cube.Kind.MERCHANTS) ? merchants(merchantHashes) : NO_HASHES;
        Split methods = has(cube, Cube.Kind.PAYMENT_METHODS) ? split() : Split.NONE;
        if (version == VERSION_WITHOUT_KEYS && cube == Cube.PAYMENT_METHOD) {
            in.number(); // it had nothing beside users and devices, and said so
        }
        return new Cell(
                Cell.order(textRanks[text], currencyRanks[currency]),
                cube.startMicros(slot),
                texts(cube)[text],
                currencies[currency],
                mask,
                sums,
                cellUsers,
                cellDevices,
                cellMerchants,
                cube == Cube.PAYMENT_METHOD ? Split.of(paymentMethods[text], sums[Measures.TRANSACTIONS]) : methods);
    }

    private static boolean has(Cube cube, Cube.Kind kind) {
        return cube.kinds().contains(kind);
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

    /** The merchants of the numbers that come next; the first version also named those without a name, and how often. */
    private long[] merchants(long[] merchantHashes) {
        var hashes = new long[in.count()];
        int size = 0;
        for (int i = 0; i < hashes.length; i++) {
            int number = in.count();
            if (version == VERSION_WITHOUT_KEYS) {
                in.number();
            }
            if (number != Texts.NONE) {
                hashes[size++] = merchantHashes[number];
            }
        }
        return Hashes.distinct(hashes, size);
    }

    private Split split() {
        Split split = Split.NONE;
        int methods = in.count();
        for (int i = 0; i < methods; i++) {
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
            case USER -> keys;
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

    private @Nullable String[] keys() {
        var keys = new @Nullable String[1 + in.count()];
        for (int i = 1; i < keys.length; i++) {
            keys[i] = CustomerKeys.read(in);
        }
        return keys;
    }

    private static int[] ranks(Map<String, Integer> ranks, @Nullable String[] texts) {
        var numbers = new int[texts.length];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = Objects.requireNonNull(ranks.get(texts[i]));
        }
        return numbers;
    }

    private static long[] hashes(@Nullable String[] texts) {
        var hashes = new long[texts.length];
        for (int i = 1; i < hashes.length; i++) {
            hashes[i] = IdHash.of(Objects.requireNonNull(texts[i]));
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
