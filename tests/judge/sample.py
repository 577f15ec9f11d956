"""Writes the golden decisions: a deterministic nasty log with what each record must become.

    python sample.py [FILE]       (default: golden/decisions.jsonl.gz)
"""

from __future__ import annotations

import base64
import gzip
import json
import math
import random
import struct
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional

from judge import columns, times
from judge.model import Decision, Judged, Record
from judge.rules import Rules, Schedule, amount_text
from judge.truth import judged

import sample_cases
import sample_lives
from sample_cases import Case

HERE = Path(__file__).resolve().parent
RULES = HERE / "golden" / "rules.json"
GOLDEN = HERE / "golden" / "decisions.jsonl.gz"
HMAC_KEY = bytes(range(32))
SEED = 20260106
#: 2026-07-01 00:00 UTC: later than every event time that is meant to be accepted.
KAFKA_MS = 1_782_864_000_000


def _cases() -> Iterator[Case]:
    numbers = iter(range(10**6))

    def number() -> int:
        return next(numbers)

    for family in (
        sample_cases.amounts,
        sample_cases.timestamps,
        sample_cases.locations,
        sample_cases.shapes,
        sample_cases.identities,
    ):
        yield from family(number)
    yield from sample_lives.riches(14)
    dice = random.Random(SEED)
    for case, _ in sample_lives.lives(dice, 24, 2_300):
        yield case
    yield from sample_lives.mutants(dice, 400)


def _ahead(first: int) -> Iterator[tuple]:
    """Records at, below and above 5 minutes ahead of their Kafka time."""
    for turn, shift in enumerate((-1, 0, 1, times.DAY_US)):
        kafka_ms = KAFKA_MS + first + turn
        moment = kafka_ms * 1_000 + 5 * times.MINUTE_US + shift
        text = sample_cases.base(f"ahead-{turn}", 900_000 + turn, timestamp=str(moment))
        yield Case(f"5 minutes ahead and {shift} us", text.encode(), f"ahead-{turn}"), kafka_ms


def log() -> List[tuple]:
    """(about, record), in the order of the log: two partitions, some offsets left to control records."""
    cases = [(case, KAFKA_MS + number) for number, case in enumerate(_cases())]
    cases += list(_ahead(len(cases)))
    offsets = [0, 1_000]
    found = []
    for number, (case, kafka_ms) in enumerate(cases):
        partition = sum(case.user.encode()) % 2
        offsets[partition] += 3 if number % 41 == 0 else 1
        key = case.user.encode() if isinstance(case.key, str) else case.key
        headers = (("traceparent", f"00-{number:032x}-{number + 1:016x}-01".encode()),) if number % 5 == 0 else ()
        if number % 97 == 0:
            headers += (("empty", b""), ("null", None), ("traceparent-not", b"\xff\x00"), ("null", b"again"))
        found.append((case.about, Record(partition, offsets[partition], kafka_ms, key, case.value, headers)))
    return found


def _b64(data: Optional[bytes]) -> Optional[str]:
    return None if data is None else base64.b64encode(data).decode()


def _float32(number: float) -> Optional[float]:
    return None if math.isnan(number) else struct.unpack("<f", struct.pack("<f", number))[0]


def _decided(decision: Decision) -> Dict[str, Any]:
    tx = decision.tx
    hour, day = times.hour_and_day(tx.event_us)
    keys = columns.Pseudonyms(HMAC_KEY)
    return {
        "late": decision.late,
        "approximate": decision.approximate,
        "points": decision.points,
        "band": decision.band,
        "alert": decision.alert,
        "fired": [one._asdict() for one in decision.fired],
        "features": [_float32(number) for number in decision.features],
        "city": decision.city,
        "country": decision.country,
        "customer_key": keys.customer(tx.user_id),
        "device_key": keys.device(tx.device_id),
        "amount_category": columns.amount_category(tx.units),
        "is_high_value": columns.is_high_value(tx.units),
        "hour_utc": hour,
        "day_of_week_utc": day,
        "is_weekend_utc": day >= 6,
        "tx_count_30m": decision.counts[0],
    }


def _expected(one: Judged) -> Dict[str, Any]:
    if one.refusal is not None:
        return {"disposition": "rejected", "reason": one.refusal.reason}
    tx = one.tx
    assert tx is not None
    said: Dict[str, Any] = {
        "disposition": one.disposition,
        "transaction_id": tx.transaction_id,
        "user_id": tx.user_id,
        "amount": amount_text(tx.units),
        "amount_units": tx.units,
        "event_time_us": tx.event_us,
        "currency": tx.currency,
        "merchant": tx.merchant,
        "terminal_id": tx.terminal_id,
        "payment_method": tx.payment_method,
        "location": tx.location,
        "device_id": tx.device_id,
        "is_fraud": tx.is_fraud,
    }
    if one.decision is not None:
        said["decision"] = _decided(one.decision)
    return said


def lines() -> Iterator[str]:
    """One line of JSON for each record, in the order of the log."""
    records = log()
    rules = Schedule(Rules.read(RULES))
    truths = {p: judged([r for _, r in records if r.partition == p], rules) for p in (0, 1)}
    for number, (about, record) in enumerate(records):
        one = next(truths[record.partition])
        line = {
            "n": number,
            "about": about,
            "partition": record.partition,
            "offset": record.offset,
            "kafka_time_ms": record.kafka_ms,
            "key": _b64(record.key),
            "value": _b64(record.value),
            "headers": [[name, _b64(value)] for name, value in record.headers],
            "expect": _expected(one),
        }
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def main(path: Path) -> None:
    """Writes the file; the same bytes every time."""
    content = "\n".join(lines()).encode("utf-8") + b"\n"
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLDEN)
