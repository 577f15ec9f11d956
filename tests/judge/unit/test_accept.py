"""Acceptance at its borders, and Avro."""

from __future__ import annotations

import io
import random
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, Dict

import fastavro
import pytest

from judge import jsontext, places, times
from judge.accept import accept, units_of
from judge.avro import Schemas
from judge.cli import key_of
from judge.columns import Pseudonyms, amount_category, is_high_value
from judge.model import Record, Refusal, Transaction
from judge.rules import Rules

KAFKA_MS = 1_782_864_000_000
SCHEMA = {
    "type": "record", "name": "T", "fields": [
        {"name": "transaction_id", "type": "string"}, {"name": "user_id", "type": ["long", "string"]},
        {"name": "amount", "type": ["double", {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 6}]},
        {"name": "timestamp", "type": ["long", {"type": "long", "logicalType": "timestamp-micros"}, "string"]},
        {"name": "merchant", "type": ["null", "string"], "default": None},
    ],
}  # fmt: skip


def wire(fields: Dict[str, Any], number: int = 7) -> bytes:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(dict(SCHEMA)), fields)
    return b"\x00" + number.to_bytes(4, "big") + out.getvalue()


def read(value: bytes, key: bytes = b"7") -> Any:
    return accept(Record(0, 0, KAFKA_MS, key, value), Schemas({7: dict(SCHEMA)}).decode)


def test_avro_says_the_same_as_json() -> None:
    fields = {"transaction_id": "a", "user_id": 7, "amount": 12345678.9, "timestamp": 1767693600, "merchant": "m"}
    assert read(wire(fields)) == Transaction("a", "7", 123456789000, 1767693600_000_000, merchant="m")


def test_an_avro_double_is_its_shortest_decimal() -> None:
    fields = {"transaction_id": "a", "user_id": "7", "amount": 0.1 + 0.2, "timestamp": 1}
    assert read(wire(fields)).reason == "amount_not_representable"
    assert read(wire({**fields, "amount": 1e13})).units == 10**17
    assert read(wire({**fields, "amount": float("nan")})).reason == "amount_not_representable"
    assert read(wire({**fields, "amount": float("inf")})).reason == "amount_not_representable"
    assert read(wire({**fields, "amount": Decimal("1.250000")})).units == 12_500
    assert read(wire({**fields, "amount": Decimal("1.250001")})).reason == "amount_not_representable"


def test_an_avro_logical_time_says_its_unit_itself() -> None:
    moment = datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=timezone.utc)
    fields = {"transaction_id": "a", "user_id": 7, "amount": 1.0, "timestamp": moment}
    assert read(wire(fields)).event_us == 1_000_005


def test_broken_avro_is_refused_and_never_throws() -> None:
    sound = wire({"transaction_id": "a", "user_id": 7, "amount": 1.0, "timestamp": 1, "merchant": "m"})
    assert read(sound + b"x").reason == "undecodable"
    assert read(b"\x00\x00\x00\x00\x08" + sound[5:]).reason == "undecodable"
    dice = random.Random(5)
    for _ in range(2_000):
        rotten = bytearray(sound[: dice.randrange(1, len(sound) + 1)])
        rotten[dice.randrange(len(rotten))] = dice.randrange(256)
        assert isinstance(read(bytes(rotten)), (Transaction, Refusal))


@pytest.mark.parametrize(
    "letters, units",
    [
        ("0", 0), ("0.0001", 1), ("1e-4", 1), ("10e-5", 1), ("1e-5", None), ("99999999999999.9999", 10**18 - 1),
        ("1e14", None), ("9e13", 9 * 10**17), ("-0.0", 0), ("-1", None), ("1e99999999999999999999", None),
        ("1.5000000000", 15_000), ("nan", None), ("0.00010", 1), ("00012.5", 125_000), ("inf", None),
    ],
)  # fmt: skip
def test_an_amount_is_its_exact_value_or_none(letters: str, units: Any) -> None:
    assert units_of(letters) == units


def test_amounts_agree_with_decimal_arithmetic() -> None:
    dice = random.Random(9)
    for _ in range(20_000):
        letters = f"{dice.choice(('', '0', '00'))}{dice.randrange(10 ** dice.randrange(1, 18))}"
        letters += f".{dice.randrange(10 ** dice.randrange(1, 7)):0{dice.randrange(1, 8)}d}" if dice.random() < 0.7 else ""
        letters += f"e{dice.choice(('', '+', '-'))}{dice.randrange(12)}" if dice.random() < 0.5 else ""
        exact = Decimal(letters).scaleb(4)
        fits = exact == int(exact) and exact < 10**18
        assert units_of(letters) == (int(exact) if fits else None), letters


def test_times_agree_with_the_standard_library() -> None:
    dice = random.Random(1)
    for _ in range(5_000):
        moment = datetime(1970, 1, 1, tzinfo=timezone.utc).timestamp() * 0 + dice.randrange(-(10**9), 4 * 10**9)
        text = datetime.fromtimestamp(moment, timezone.utc).isoformat()
        assert times.from_iso(text) == moment * 10**6
        hour, day = times.hour_and_day(int(moment * 10**6))
        then = datetime.fromtimestamp(moment, timezone.utc)
        assert (hour, day) == (then.hour, then.isoweekday())


def test_the_local_clock_follows_summer_time() -> None:
    noon = times.from_iso("2026-07-01T12:00:00Z") or 0
    assert times.hour_and_day(times.local_us(noon, "Europe/Berlin")) == (14, 3)
    winter = times.from_iso("2026-01-03T18:00:00Z") or 0
    assert times.hour_and_day(times.local_us(winter, "Asia/Ho_Chi_Minh")) == (1, 7)
    assert times.hour_and_day(times.local_us(winter, None)) == (18, 6)


def test_spans() -> None:
    assert [times.span_us(text) for text in ("30m", "1h", "7d", "PT1H", "PT30M", "P1D")] == [
        1_800_000_000, 3_600_000_000, 604_800_000_000, 3_600_000_000, 1_800_000_000, 86_400_000_000,
    ]  # fmt: skip


def test_depth_counts_no_brackets_in_strings() -> None:
    assert jsontext.depth(b'{"a":["[{\\"[",{}]}') == 3


def test_location_is_split_at_the_last_comma() -> None:
    names = {"vietnam": "VN"}
    assert places.split("Hanoi, District 1, Vietnam", names) == ("Hanoi, District 1", "VN")
    assert places.split("Hanoi", names) == ("Hanoi", None)
    assert places.split(None, names) == (None, None)


def test_pseudonyms_and_categories() -> None:
    keys = Pseudonyms(b"key", 3)
    # echo -n customer:7 | openssl dgst -sha256 -hmac key
    assert keys.customer("7") == "k3:" + CUSTOMER_7
    assert keys.device(None) is None
    bounds = (99_999, 100_000, 999_999, 1_000_000, 9_999_999, 10_000_000, 50_000_000, 50_000_001)
    assert [amount_category(units) for units in bounds] == [
        "micro", "small", "small", "medium", "medium", "large", "large", "very_large",
    ]  # fmt: skip
    assert [is_high_value(units) for units in bounds[-2:]] == [False, True]


CUSTOMER_7 = "40c8f2eb4a19afbe706d85474b5a39bf2f23b6edef1d686c9fb118116208e77f"


def test_several_keys_name_by_the_version_of_the_rules_and_after_a_rekey_by_the_newest(tmp_path):
    file = tmp_path / "keys"
    file.write_text("riskcluster pseudonym keys\n# old\n1 " + b"key".hex() + "\n\n2 " + b"other".hex() + "\n")
    several = key_of(file, "raw")
    keys, later = Pseudonyms(several), Pseudonyms(several, rekeyed=2)
    assert keys.customer("7", 1) == Pseudonyms(b"key").customer("7")
    assert keys.customer("7", 2) == Pseudonyms(b"other", 2).customer("7", 9)
    assert (keys.in_tables(1), later.in_tables(1)) == (1, 2)
    assert keys.now_named() is None
    assert later.now_named()("7") == keys.customer("7", 2)
    assert Rules.of({"rules": [], "key_version": 3}).key_version == 3
