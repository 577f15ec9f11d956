package riskcluster.node.generate;

import riskcluster.node.json.JsonBytes;

/** One payment under construction, used again for the next one. */
final class Payment {

    static final byte[] CARD = JsonBytes.ascii("\"card\"");
    static final byte[] WALLET = JsonBytes.ascii("\"wallet\"");
    static final byte[] TRANSFER = JsonBytes.ascii("\"transfer\"");
    static final byte[] CRYPTO = JsonBytes.ascii("\"crypto\"");

    private static final byte[] ID = JsonBytes.ascii("{\"transaction_id\":\"t");
    private static final byte[] USER = JsonBytes.ascii("\",\"user_id\":\"u");
    private static final byte[] AMOUNT = JsonBytes.ascii("\",\"amount\":");
    private static final byte[] CURRENCY = JsonBytes.ascii(",\"currency\":");
    private static final byte[] TIMESTAMP = JsonBytes.ascii(",\"timestamp\":");
    private static final byte[] MERCHANT = JsonBytes.ascii(",\"merchant\":");
    private static final byte[] TERMINAL = JsonBytes.ascii(",\"terminal_id\":\"T");
    private static final byte[] METHOD = JsonBytes.ascii("\",\"payment_method\":");
    private static final byte[] LOCATION = JsonBytes.ascii(",\"location\":");
    private static final byte[] DEVICE = JsonBytes.ascii(",\"device_id\":\"d");
    private static final byte[] MARKED = JsonBytes.ascii("\",\"is_fraud\":true}");
    private static final byte[] END = JsonBytes.ascii("\"}");
    private static final int USER_DIGITS = 8;
    private static final int TERMINAL_DIGITS = 7;

    long idBits;
    int customer;
    long micros;
    long cents;
    City city = City.home(0);
    byte[] merchant = new byte[0];
    int terminal;
    byte[] method = CARD;
    long device;
    boolean marked;

    String transactionId() {
        var hex = Long.toHexString(idBits);
        return "t" + "0".repeat(16 - hex.length()) + hex;
    }

    /** The user id: the record's key. */
    byte[] key(JsonBytes json) {
        return json.clear().raw('u').digits(customer, USER_DIGITS).copy();
    }

    /** The transaction as JSON: the record's value. */
    byte[] value(JsonBytes json) {
        json.clear().raw(ID).hex(idBits, 16).raw(USER).digits(customer, USER_DIGITS);
        json.raw(AMOUNT).decimal(cents, 2).raw(CURRENCY).raw(city.quotedCurrency());
        json.raw(TIMESTAMP).time(micros).raw(MERCHANT).raw(merchant);
        json.raw(TERMINAL).digits(terminal, TERMINAL_DIGITS).raw(METHOD).raw(method);
        json.raw(LOCATION).raw(city.location()).raw(DEVICE).hex(device, 12);
        return json.raw(marked ? MARKED : END).copy();
    }
}
