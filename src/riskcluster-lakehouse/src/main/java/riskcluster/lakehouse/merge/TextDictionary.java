package riskcluster.lakehouse.merge;

import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A column's dictionary of texts that finds a value again faster than Parquet's own, which compares byte by byte: that
 * was a third of what a row cost. Values that are new go to Parquet's.
 */
final class TextDictionary extends PlainBinaryDictionaryValuesWriter {

    private static final int FIRST_CAPACITY = 64;

    private byte[][] keys = new byte[FIRST_CAPACITY][];

    /** One more than the id of the key at the same place; 0 where the place is free. */
    private int[] numbers = new int[FIRST_CAPACITY];

    private int size;

    private @Nullable Binary last;
    private int lastId;

    TextDictionary(int bytesMax, ByteBufferAllocator allocator) {
        super(bytesMax, Encoding.RLE_DICTIONARY, Encoding.PLAIN, allocator);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very object is the fast case; others are compared below
    public void writeBytes(Binary value) {
        if (value == last) {
            encodedValues.add(lastId);
            return;
        }
        byte[] bytes = value.getBytesUnsafe();
        int place = place(bytes);
        if (numbers[place] == 0) {
            super.writeBytes(value);
            lastId = getDictionarySize() - 1;
            add(place, bytes, lastId + 1);
        } else {
            lastId = numbers[place] - 1;
            encodedValues.add(lastId);
        }
        last = value;
    }

    @Override
    protected void clearDictionaryContent() {
        super.clearDictionaryContent();
        keys = new byte[FIRST_CAPACITY][];
        numbers = new int[FIRST_CAPACITY];
        size = 0;
        last = null;
    }

    /** Where these bytes stand, or the free place where they would. */
    private int place(byte[] bytes) {
        int hash = Arrays.hashCode(bytes);
        int place = (hash ^ hash >>> 15) & keys.length - 1;
        while (numbers[place] != 0 && !Arrays.equals(keys[place], bytes)) {
            place = place + 1 & keys.length - 1;
        }
        return place;
    }

    private void add(int place, byte[] bytes, int number) {
        keys[place] = bytes;
        numbers[place] = number;
        size++;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    private void grow() {
        byte[][] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new byte[oldKeys.length * 2][];
        numbers = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                numbers[place] = oldNumbers[i];
            }
        }
    }
}
