"""A world without fault, built from the truth, into which the tests plant faults."""

from __future__ import annotations

import json
import random
import struct
from pathlib import Path
from typing import Any, Dict, List, Optional

from judge import times
from judge.columns import Pseudonyms
from judge.expected import Expected, expect
from judge.lake import BRONZE, REJECTED, SILVER, load, pin
from judge.model import Record
from judge.report import Report
from judge.rules import Rules, Schedule, amount_text
from judge.score import FEATURES
from judge.trial import Evidence, Law, Totals, judge, judge_rows

import lakeworld
import sample
import sample_lives
from lakeworld import TOPIC

KEYS = Pseudonyms(b"a key for tests")
Rows = Dict[str, List[Dict[str, Any]]]


def input_log(records: int = 160) -> Dict[int, List[Record]]:
    """Two partitions of lives, with some records that are rejected and gaps between offsets."""
    log: Dict[int, List[Record]] = {0: [], 1: []}
    dice = random.Random(11)
    for number, (case, _) in enumerate(sample_lives.lives(dice, 6, records)):
        partition = sum(case.user.encode()) % 2
        key = b"nobody" if number % 13 == 0 else case.user.encode()
        headers = (("traceparent", b"00-%032d-01" % number), ("empty", None)) if number % 3 == 0 else ()
        log[partition].append(Record(partition, 2 * number, sample.KAFKA_MS + number, key, case.value, headers))
    log[0].append(Record(0, 2 * records, sample.KAFKA_MS, None, None))
    return log


class World:
    """Input, topics and tables, all as they should be until someone changes them."""

    def __init__(
        self, folder: Path, log: Optional[Dict[int, List[Record]]] = None, schedule: Optional[Schedule] = None
    ) -> None:
        self.folder = folder
        self.schedule = schedule or Schedule(Rules.read(sample.RULES))
        self.input = log or input_log()
        ends = {p: records[-1].offset + 1 for p, records in self.input.items()}
        self.batches = [{p: end // 2 for p, end in ends.items()}, ends]
        truths = {p: expect(p, log, ends[p], self.schedule, KEYS) for p, log in self.input.items()}
        self.rows: Rows = {BRONZE: [], REJECTED: [], SILVER: []}
        self.alerts: Dict[int, List[Record]] = {p: [] for p in self.input}
        self.letters: Dict[int, List[Record]] = {p: [] for p in self.input}
        for truth in truths.values():
            self._add_rows(truth)
            self._add_alerts(truth)
            self._add_letters(truth)

    def _add_rows(self, truth: Expected) -> None:
        for i, record in enumerate(truth.accepted):
            parsed = {name: values[i] for name, values in truth.parsed.items()}
            self.rows[BRONZE].append({**_wire(record), "disposition": truth.disposition[i], **parsed, "ingest_time": 0})
        for record, refusal in truth.rejected:
            self.rows[REJECTED].append({**_wire(record), "reason": "RC-0007", "detail": refusal.detail})
        vectors = struct.iter_unpack(f"<{len(FEATURES)}f", bytes(truth.features))
        for i, (offset, vector) in enumerate(zip(truth.decided_offsets, vectors)):
            row = {name: values[i] for name, values in truth.silver.items()}
            row.update(source_topic=TOPIC, source_partition=truth.partition, source_offset=offset, probability=None)
            row.update(feature_version=1, policy_version="p1", is_approximate=truth.approximate[i], features=list(vector))
            row.update(fired_rules=[one._asdict() for one in truth.fired[i]])
            self.rows[SILVER].append(row)

    def _add_alerts(self, truth: Expected) -> None:
        for n, (offset, due) in enumerate(truth.alerts.items()):
            tx, decision = due.decision.tx, due.decision
            if not decision.alert:
                continue
            body = {
                "transaction_id": tx.transaction_id, "user_id": tx.user_id, "customer_key": KEYS.customer(tx.user_id),
                "event_time": times.iso_text(tx.event_us), "amount": amount_text(tx.units), "currency": tx.currency,
                "merchant": tx.merchant, "points": decision.points, "band": decision.band, "probability": None,
                "fired_rules": [one._asdict() for one in decision.fired], "policy_version": "p1",
            }  # fmt: skip
            headers = [
                ("ce_specversion", b"1.0"), ("ce_type", b"riskcluster.alert.v1"), ("ce_source", b"/riskcluster/dev"),
                ("ce_id", f"{TOPIC}/{truth.partition}/{offset}".encode()), ("content-type", b"application/json"),
                ("ce_time", times.iso_text(tx.event_us).encode()),
            ]  # fmt: skip
            headers += [one for one in due.record.headers if one[0] == "traceparent"]
            value = json.dumps(body).encode()
            self.alerts[truth.partition].append(Record(truth.partition, n, 0, tx.user_id.encode(), value, tuple(headers)))

    def say_probabilities(self) -> None:
        """Puts what the rows of silver say into their alerts."""
        said = {(row["source_partition"], row["source_offset"]): row["probability"] for row in self.rows[SILVER]}
        for partition, alerts in self.alerts.items():
            for n, alert in enumerate(alerts):
                offset = int(dict(alert.headers)["ce_id"].decode().rsplit("/", 1)[1])
                body = {**json.loads(alert.value or b""), "probability": said[partition, offset]}
                alerts[n] = alert._replace(value=json.dumps(body).encode())

    def _add_letters(self, truth: Expected) -> None:
        for n, (record, refusal) in enumerate(truth.rejected):
            marks = (
                ("dq_reason", b"RC-0007"), ("dq_detail", refusal.detail.encode()), ("dq_topic", TOPIC.encode()),
                ("dq_partition", str(record.partition).encode()), ("dq_offset", str(record.offset).encode()),
            )  # fmt: skip
            headers = tuple(record.headers) + marks
            self.letters[truth.partition].append(Record(truth.partition, n, 0, record.key, record.value, headers))

    def write(self) -> Any:
        """The tables in two batches; gives the catalog."""
        catalog = lakeworld.create(self.folder / "lake")
        start: Dict[int, int] = {}
        for number, end in enumerate(self.batches, 1):
            for name, rows in self.rows.items():
                fitting = [row for row in rows if _within(row, start, end)]
                lakeworld.append(catalog, name, fitting, number, end)
            start = end
        return catalog

    def trial(self, catalog: Any = None, batch: Optional[int] = None, drained: bool = True) -> "Outcome":
        """Judges this world."""
        catalog = catalog or self.write()
        report = Report()
        pinned = pin(load(catalog), batch)
        evidence = Evidence(TOPIC, pinned, self.alerts, self.letters, self.input)
        totals = judge(evidence, Law(self.schedule, KEYS), report, drained)
        return Outcome(report, totals, pinned)

    def trial_of_rows(self, catalog: Any, running: bool = False) -> "Outcome":
        """Judges this world's rows from memory, as if they were the catalog's."""
        report, pinned = Report(), pin(load(catalog))
        evidence = Evidence(TOPIC, pinned, self.alerts, self.letters, self.input)
        tables = {name: lakeworld.as_arrow(catalog, name, rows) for name, rows in self.rows.items()}
        law = Law(self.schedule, KEYS)
        return Outcome(report, judge_rows(evidence, tables, law, report, not running, running), pinned)


class Outcome:
    """What a trial found."""

    def __init__(self, report: Report, totals: Totals, pinned: Any) -> None:
        self.report, self.totals, self.pinned = report, totals, pinned

    @property
    def failed(self) -> List[str]:
        """The names of the checks that did not hold."""
        return [check.name for check in self.report.checks if check.violations]


def _wire(record: Record) -> Dict[str, Any]:
    headers = [{"key": name, "value": value} for name, value in record.headers]
    return {
        "topic": TOPIC, "partition": record.partition, "offset": record.offset, "kafka_time": record.kafka_ms * 1000,
        "key": record.key, "value": record.value, "headers": headers,
    }  # fmt: skip


def _within(row: Dict[str, Any], start: Dict[int, int], end: Dict[int, int]) -> bool:
    partition = row.get("partition", row.get("source_partition"))
    offset = row.get("offset", row.get("source_offset"))
    return start.get(partition, 0) <= offset < end.get(partition, 10**9)
