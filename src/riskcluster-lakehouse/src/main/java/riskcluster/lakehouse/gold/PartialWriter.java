package riskcluster.lakehouse.gold;

import java.util.Objects;

/**
 * A tally as bytes, as it rides in a checkpoint: a version, the texts, the customers' keys and the hashes of devices once,
 * then the cells, which name them by number. With a star version 3: the devices' keys in place of their hashes, and then the
 * days of the facts and the dimensions in which some fact has no member.
 */
final class PartialWriter {

    static final int VERSION_WITHOUT_STAR = 2;
    static final int VERSION = 3;

    /** What of the seldom sums is not 0 stands in one byte before them. */
    static final int FIRST_SELDOM = Measures.HIGH_UNITS;

    private static final int BYTES_EXPECTED = 16 << 10;

    private final ByteSink out = new ByteSink(BYTES_EXPECTED);

    private PartialWriter() {}

    static byte[] write(Tally tally) {
        var writer = new PartialWriter();
        boolean star = !tally.days().isEmpty();
        writer.out.octet(star ? VERSION : VERSION_WITHOUT_STAR).number(tally.leftOut());
        writer.texts(tally.merchants());
        writer.texts(tally.paymentMethods());
        writer.texts(tally.countries());
        writer.texts(tally.currencies());
        writer.keys(tally.users());
        if (star) {
            writer.keys(tally.devices());
            writer.pointed(tally);
        } else {
            writer.hashes(tally.devices());
        }
        writer.out.number(Cube.values().length);
        for (Cube cube : Cube.values()) {
            writer.out.number(cube.number());
            writer.cells(cube, tally.of(cube));
        }
        return writer.out.bytes();
    }

    private void texts(Texts texts) {
        out.number(texts.all().size());
        texts.all().forEach(text -> out.text(Objects.requireNonNull(text)));
    }

    private void pointed(Tally tally) {
        out.octet(tally.withoutMember()).number(tally.days().size());
        tally.days().forEach(out::signed);
    }

    private void keys(Texts pseudonyms) {
        out.number(pseudonyms.all().size());
        pseudonyms.all().forEach(key -> CustomerKeys.write(Objects.requireNonNull(key), out));
    }

    private void hashes(Texts ids) {
        out.number(ids.all().size());
        ids.all().forEach(id -> out.fixed(IdHash.of(Objects.requireNonNull(id))));
    }

    private void cells(Cube cube, Cells cells) {
        out.number(cells.size());
        long slot = 0;
        for (int cell = 0; cell < cells.size(); cell++) {
            out.signed(cells.slot(cell) - slot);
            slot = cells.slot(cell);
            out.number(cells.text(cell)).number(cells.currency(cell)).octet(cells.mask(cell));
            sums(cells.sums(), Cells.at(cell));
            for (Cube.Kind kind : cube.kinds()) {
                members(cells.members(kind), cell, kind == Cube.Kind.PAYMENT_METHODS);
            }
        }
    }

    private void sums(long[] sums, int at) {
        out.number(sums[at + Measures.TRANSACTIONS]).number(sums[at + Measures.UNITS]);
        int there = 0;
        for (int i = FIRST_SELDOM; i < Measures.COUNT; i++) {
            if (sums[at + i] != 0) {
                there |= 1 << i - FIRST_SELDOM;
            }
        }
        out.octet(there);
        for (int i = FIRST_SELDOM; i < Measures.COUNT; i++) {
            if (sums[at + i] != 0) {
                out.number(sums[at + i]);
            }
        }
    }

    private void members(Members members, int cell, boolean withTimes) {
        out.number(members.count(cell));
        for (int entry = members.last(cell); entry >= 0; entry = members.previous(entry)) {
            out.number(members.member(entry));
            if (withTimes) {
                out.number(members.times(entry));
            }
        }
    }
}
