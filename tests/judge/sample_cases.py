"""Hand-made cases of the sample: what is accepted and what is not, each with a word on what it is about."""

from __future__ import annotations

from typing import Callable, Iterator, NamedTuple, Optional, Union


class Case(NamedTuple):
    """One record to send; the key is the user's unless one is given."""

    about: str
    value: Optional[bytes]
    user: str
    key: Union[bytes, None, str] = "of the user"


Base = Callable[..., str]


def base(user: str, number: int, **changes: str) -> str:
    """A plain transaction as JSON text; each change is JSON text for a field, `-` leaves the field out."""
    fields = {
        "transaction_id": f'"case-{number}"',
        "user_id": f'"{user}"',
        "amount": "12.5",
        "timestamp": '"2026-01-06T10:00:00Z"',
    }
    fields.update(changes)
    return "{" + ",".join(f'"{name}":{text}' for name, text in fields.items() if text != "-") + "}"


AMOUNTS = (
    "0", "-0", "0.0", "-0.0", "0.0001", "0.00010", "0.00001", "0.00005", "-0.0001", "-1", "5000", "5000.0000", "5000.0001",
    "99999999999999", "99999999999999.9999", "99999999999999.99990", "99999999999999.99991", "100000000000000",
    "99999999999999.9999000000000000000000000000000000000000", "1e3", "1E3", "1e+3", "12e-1", "1e-4", "1e-5",
    "1000e-7", "0e10", "1e13", "9.9e13", "1e14", "1e15", "1e400", "1e999999999", "1e-999999999", "0.1e1", "123456789e-4",
    "1.2345678e3", "1.23456789e3", "NaN", "Infinity", "-Infinity", "null", "true", '"12.5"', "[]", "{}", "01", "+1", ".5",
    "5.", "1.e1", "1e", "1e+", "0x10", "1_000", "1,5", "--1", "- 1", "9" * 400, "0." + "0" * 400, "0." + "0" * 400 + "1",
    "1" + "0" * 13 + "." + "0" * 300, "9.99", "10", "99.9999", "100", "999.9999", "1000",
)  # fmt: skip

TIMESTAMPS = (
    "0", "1", "1767693600", "99999999999", "100000000000", "1767693600000", "1767693600123", "99999999999999",
    "100000000000000", "1767693600123456", "1767693600.0", "1.7676936e9", "17676936e2", "null", "true", "[]",
    "1" + "0" * 30, "999999999999999999", '"1767693600"', '""', '" "', '"now"', '"2026-01-06T10:00:00"', '"2026-01-06"',
    '"2026-01-06T10:00:00Z"', '"2026-01-06T10:00:00+00:00"', '"2026-01-06T17:00:00+07:00"', '"2026-01-06T05:00:00-05:00"',
    '"2026-01-06T15:30:00+05:30"', '"2026-01-06T10:00:00.1Z"', '"2026-01-06T10:00:00.123456Z"',
    '"2026-01-06T10:00:00.123Z"', '"2026-01-06T10:00Z"', '"2026-02-29T10:00:00Z"', '"2024-02-29T10:00:00Z"',
    '"2026-13-01T10:00:00Z"', '"2026-00-01T10:00:00Z"', '"2026-01-00T10:00:00Z"', '"2026-01-32T10:00:00Z"',
    '"2026-01-06T25:00:00Z"', '"2026-01-06T10:60:00Z"', '"2026-01-06T10:00:61Z"', '"2026-01-06T10:00:00.Z"',
    '"2026-01-06T10:00:00+7"', '"2026-01-06T10:00:00+07:60"', '"2026-01-06T10:00:00 Z"', '" 2026-01-06T10:00:00Z"',
    '"2026-1-6T10:00:00Z"', '"2026/01/06T10:00:00Z"', '"Tue, 06 Jan 2026 10:00:00 GMT"', '"2026-01-06T10:00:00[UTC]"',
    '"1969-12-31T23:59:59.999999Z"', '"2000-02-29T23:59:59Z"', '"2100-01-01T00:00:00Z"', '"9999-12-31T23:59:59Z"',
)  # fmt: skip

#: Read by some and not by others; this is how the judge reads them (see README).
TIMESTAMPS_OPEN = (
    '"2026-01-06T17:00:00+0700"', '"2026-01-06T17:00:00+07"', '"2026-01-06T10:00:00.123456789Z"',
    '"2026-01-06T10:00:00.0000009Z"',
)  # fmt: skip

LOCATIONS = (
    "Hanoi, Vietnam", "Hanoi,VN", "Hanoi ,  VN ", "Hanoi, District 1, VN", "Hanoi", "Tehran, Iran", "Tehran, IR",
    "Pyongyang, North Korea", "Yangon, Myanmar", "Springfield, Nowhere", "Paris, ZZ", "London, UK", "London, GB",
    "New York, United States", "Berlin, Germany", "  Berlin  ", "Berlin, Germany, ", "Tehran, iran", "Tehran, ir",
)  # fmt: skip


def amounts(number: Callable[[], int]) -> Iterator[Case]:
    """Amounts on both sides of every border."""
    for text in AMOUNTS:
        yield Case(f"amount {text[:60]}", base("amounts", number(), amount=text).encode(), "amounts")


def timestamps(number: Callable[[], int]) -> Iterator[Case]:
    """Timestamps; each user has one, so that none is late for another."""
    for text in TIMESTAMPS + TIMESTAMPS_OPEN:
        user = f"ts-{number()}"
        yield Case(f"timestamp {text[:60]}", base(user, number(), timestamp=text).encode(), user)


def locations(number: Callable[[], int]) -> Iterator[Case]:
    """Cities and countries."""
    for text in LOCATIONS:
        yield Case(f"location {text}", base("places", number(), location=f'"{text}"').encode(), "places")


def nested(levels: int) -> str:
    """JSON text of so many levels, arrays and objects in turn."""
    text = "1"
    for level in range(levels):
        text = f"[{text}]" if level % 2 else f'{{"a":{text}}}'
    return text


def shapes(number: Callable[[], int]) -> Iterator[Case]:
    """Bytes that are no transaction, and odd ones that are."""
    plain = base("shapes", number())
    rotten = (
        ("null value", None), ("no bytes", b""), ("blanks", b" \n\t "), ("an array", b"[]"), ("a string", b'"x"'),
        ("null", b"null"), ("a number", b"7"), ("an empty object", b"{}"), ("cut off", plain[:-1].encode()),
        ("two values", (plain + plain).encode()), ("trailing letter", (plain + "x").encode()),
        ("trailing comma", (plain[:-1] + ",}").encode()), ("comment", ("/**/" + plain).encode()),
        ("single quotes", plain.replace('"', "'").encode()), ("UTF-16", plain.encode("utf-16-le")),
        ("UTF-16 with mark", plain.encode("utf-16")), ("one zero byte", b"\x00"),
        ("bytes 0xff", b"\xff" * 40),
        ("a thousand brackets", b"[" * 1000), ("fifty thousand braces", b'{"a":' * 50_000),
    )  # fmt: skip
    for about, value in rotten:
        yield Case(f"shape: {about}", value, "shapes")
    fine = (
        ("blanks around", f" \r\n\t{plain}\n "), ("unknown fields", plain[:-1] + ',"x":{"y":[1,null,true,"z"]},"n":-1.5e300}'),
        ("unknown number of 5,000 digits", plain[:-1] + ',"n":' + "9" * 5000 + "}"),
        ("32 levels", plain[:-1] + ',"x":' + nested(31) + "}"),
        ("33 levels", plain[:-1] + ',"x":' + nested(32) + "}"),
        ("brackets in a string", plain[:-1] + ',"x":"' + "[{" * 60 + '\\""}'),
        ("name written with an escape", plain.replace('"user_id"', '"\\u0075ser_id"')),
        ("name in other case", plain.replace('"amount"', '"Amount"')),
        ("name twice, same value", plain[:-1] + ',"amount":12.5}'),
        ("name twice, other value", plain[:-1] + ',"amount":13.5}'),
        ("name twice, once by an escape", plain[:-1] + ',"\\u0061mount":13.5}'),
        ("unknown name twice", plain[:-1] + ',"x":1,"x":2}'),
        ("name twice in an inner object", plain[:-1] + ',"x":{"y":1,"y":2}}'),
        ("optional fields null", plain[:-1] + ',"currency":null,"merchant":null,"location":null,"device_id":null,'
         '"terminal_id":null,"payment_method":null,"is_fraud":null}'),
        ("merchant empty", plain[:-1] + ',"merchant":""}'), ("merchant a number", plain[:-1] + ',"merchant":7}'),
        ("currency an object", plain[:-1] + ',"currency":{}}'), ("device an array", plain[:-1] + ',"device_id":["d"]}'),
        ("is_fraud text", plain[:-1] + ',"is_fraud":"true"}'), ("is_fraud 1", plain[:-1] + ',"is_fraud":1}'),
        ("is_fraud false", plain[:-1] + ',"is_fraud":false}'), ("is_fraud true", plain[:-1] + ',"is_fraud":true}'),
        ("merchant beyond ASCII", plain[:-1] + ',"merchant":"Phở Thìn 🍜"}'),
        ("merchant as escapes", plain[:-1] + ',"merchant":"Ph\\u1edf \\ud83c\\udf5c \\\\ \\/ \\" \\b\\f\\n\\r\\t"}'),
        ("merchant with half a pair", plain[:-1] + ',"merchant":"\\ud83c"}'),
        ("merchant with a bad escape", plain[:-1] + ',"merchant":"\\x41"}'),
        ("merchant with a raw line end", plain[:-1] + ',"merchant":"a\nb"}'),
        ("merchant with a zero", plain[:-1] + ',"merchant":"a\\u0000b"}'),
    )  # fmt: skip
    for turn, (about, text) in enumerate(fine):
        text = text.replace('"transaction_id":"case-', f'"transaction_id":"shape-{turn}-')
        yield Case(f"shape: {about}", text.encode(), "shapes")
    yield Case("shape: a broken byte in a string", plain[:-1].encode() + b',"merchant":"\xc3("}', "shapes")
    yield Case("shape: an overlong slash", plain[:-1].encode() + b',"merchant":"\xc0\xaf"}', "shapes")
    yield Case("shape: half a pair as bytes", plain[:-1].encode() + b',"merchant":"\xed\xa0\xbc"}', "shapes")
    exact = base("shapes", number()).encode()
    yield Case("shape: 1 MiB", exact.ljust(1 << 20), "shapes")
    yield Case("shape: 1 MiB and a byte", exact.ljust((1 << 20) + 1), "shapes")


def identities(number: Callable[[], int]) -> Iterator[Case]:
    """Keys, users and transaction ids."""
    for about, text in (
        ("missing", "-"), ("null", "null"), ("empty", '""'), ("a number", "7"), ("256 bytes", '"' + "x" * 256 + '"'),
        ("257 bytes", '"' + "x" * 257 + '"'), ("256 bytes of two each", '"' + "é" * 128 + '"'),
        ("258 bytes of two each", '"' + "é" * 129 + '"'), ("a blank", '" "'), ("an object", "{}"),
    ):  # fmt: skip
        yield Case(f"transaction_id {about}", base("ids", number(), transaction_id=text).encode(), "ids")
    for about, text, key in (
        ("missing", "-", "x"), ("null", "null", "null"), ("7 as integer", "7", "7"), ("7 as text", '"7"', "7"),
        ("7 as text, again", '"7"', "7"), ("7 as a fraction", "7.0", "7.0"), ("7 with exponent", "7e0", "7"),
        ("negative", "-7", "-7"), ("007 as text", '"007"', "007"), ("007 as integer", "007", "7"), ("true", "true", "true"),
        ("an array", "[7]", "7"), ("the greatest long", "9223372036854775807", "9223372036854775807"),
        ("beyond a long", "123456789012345678901234567890", "123456789012345678901234567890"),
        ("beyond ASCII", '"Nguyễn"', "Nguyễn"), ("as escapes", '"Nguy\\u1ec5n"', "Nguyễn"), ("with blanks", '" 7 "', " 7 "),
    ):  # fmt: skip
        yield Case(f"user_id {about}", base("", number(), user_id=text).encode(), "", key.encode())
    for about, key in (
        ("missing", None), ("empty", b""), ("another", b"nobody"), ("longer", b"keys "), ("quoted", b'"keys"'),
        ("a broken byte", b"keys\xff"), ("in other case", b"KEYS"),
    ):  # fmt: skip
        yield Case(f"key {about}", base("keys", number()).encode(), "keys", key)
    for name in ("amount", "timestamp"):
        yield Case(f"{name} missing", base("ids", number(), **{name: "-"}).encode(), "ids")
