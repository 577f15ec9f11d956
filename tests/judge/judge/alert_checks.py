"""The alert topic: "*Exact* reading: `isolation.level=read_committed`, each alert once"."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Dict, List, Optional, Tuple

from . import times
from .columns import Pseudonyms
from .compare import short
from .expected import Alert, Expected
from .model import UNITS_PER_ONE, Record
from .report import Check, Report
from .rules import Rules, Schedule

TYPE = "riskcluster.alert.v1"


def _header(record: Record, name: str) -> Optional[bytes]:
    found = [value for key, value in record.headers if key == name]
    return found[0] if len(found) == 1 else None


def _text(record: Record, name: str) -> Optional[str]:
    found = _header(record, name)
    return None if found is None else found.decode("utf-8", "replace")


def source_of(record: Record, topic: str) -> Optional[Tuple[int, int]]:
    """Partition and offset out of "`ce_id` `<topic>/<partition>/<offset>`"."""
    parts = (_text(record, "ce_id") or "").rsplit("/", 2)
    if len(parts) != 3 or parts[0] != topic or not (parts[1].isdigit() and parts[2].isdigit()):
        return None
    return int(parts[1]), int(parts[2])


class AlertChecks:
    """All alerts of all partitions against the truth."""

    def __init__(self, report: Report, topic: str, cluster: str, keys: Pseudonyms, schedule: Schedule) -> None:
        self._report = report
        self._topic = topic
        self._source = f"/riskcluster/{cluster}"
        self._keys = keys
        self._schedule = schedule

    def check(
        self, expected: Expected, alerts: List[Record], progress: int, said: Dict[int, dict]
    ) -> None:
        """One partition: `progress` is the offset below which every alert must be there; `said` is silver's word."""
        once, wrong = self._report.check("alerts.once"), self._report.check("alerts.none_wrong")
        missing, home = self._report.check("alerts.none_missing"), self._report.check("alerts.partition")
        # a row that was replaced says nothing about the alert that was sent before
        said = {at: row for at, row in said.items() if not self._schedule.corrected_at(expected.partition, at)}
        seen: Dict[int, Record] = {}
        for record in alerts:
            source = source_of(record, self._topic)
            place = f"alert {record.partition}/{record.offset}"
            name = _text(record, "ce_id")
            if not wrong.expect(source is not None, f"{place}: ce_id {name!r}"):
                continue
            assert source is not None
            partition, offset = source
            if not home.expect(partition == expected.partition, f"{place} is about {name}"):
                continue
            if not once.expect(offset not in seen, f"{name} is on the topic again at {place}"):
                continue
            seen[offset] = record
            due = expected.alerts.get(offset)
            if wrong.expect(due is not None and self._due(due, said), f"{place}: {name} raises no alert"):
                assert due is not None
                self._check_content(record, due, said.get(offset))
        for offset, due in expected.alerts.items():
            if offset < progress and self._required(due, said):
                missing.expect(offset in seen, f"{self._topic}/{expected.partition}/{offset} ({due.decision.band})")

    def _rules(self, due: Alert) -> Rules:
        return self._schedule.at(due.record.partition, due.record.offset)

    def _due(self, due: Alert, said: Dict[int, dict]) -> bool:
        row = said.get(due.record.offset)
        if due.decision.may_be_approximate:
            return row is None or row["band"] in self._rules(due).alert_bands
        return due.decision.alert

    def _required(self, due: Alert, said: Dict[int, dict]) -> bool:
        row = said.get(due.record.offset)
        if due.decision.may_be_approximate:
            return row is not None and row["band"] in self._rules(due).alert_bands
        return due.decision.alert

    def _check_content(self, record: Record, due: Alert, row: Optional[dict]) -> None:
        name = _text(record, "ce_id")
        check = self._report.check("alerts.headers")
        tx = due.decision.tx
        for header, wanted in (
            ("ce_specversion", "1.0"), ("ce_type", TYPE), ("ce_source", self._source), ("content-type", "application/json"),
        ):  # fmt: skip
            check.expect(_text(record, header) == wanted, f"{name}: {header} is {_text(record, header)!r}")
        moment = times.from_iso(_text(record, "ce_time") or "")
        check.expect(moment == tx.event_us, f"{name}: ce_time is {_text(record, 'ce_time')!r}")
        trace = [value for key, value in due.record.headers if key == "traceparent"]
        if len(trace) <= 1:
            passed = [value for key, value in record.headers if key == "traceparent"]
            check.expect(passed == trace, f"{name}: traceparent is {passed}, was {trace}")
        key = tx.user_id.encode("utf-8")
        check.expect(record.key == key, f"{name}: key is {record.key!r}, expected {key!r}")
        self._check_body(self._report.check("alerts.body"), str(name), record, due, row)

    def _check_body(self, check: Check, name: str, record: Record, due: Alert, row: Optional[dict]) -> None:
        try:
            body = json.loads(record.value or b"", parse_float=Decimal)
        except ValueError as error:
            check.violated(f"{name}: the body is no JSON: {error}")
            return
        tx, decision = due.decision.tx, due.decision
        version = self._schedule.at(due.record.partition, due.record.offset).key_version
        wanted: Dict[str, Any] = {
            "transaction_id": tx.transaction_id,
            "user_id": tx.user_id,
            "customer_key": self._keys.customer(tx.user_id, version),
            "event_time": tx.event_us,
            "amount": Decimal(tx.units) / UNITS_PER_ONE,
            "currency": tx.currency,
            "merchant": tx.merchant,
        }
        if not decision.may_be_approximate:
            wanted.update(points=decision.points, band=decision.band)
            wanted["fired_rules"] = sorted(one.rule for one in decision.fired)
        if row is not None:
            wanted.update(points=row["points"], band=row["band"], policy_version=row["policy_version"])
            wanted["probability"] = row["probability"]
        for field in ("probability", "policy_version", "points", "band", "fired_rules"):
            check.expect(field in body, f"{name}: the body has no {field}")
        for field, value in wanted.items():
            found = _plain(field, body.get(field))
            check.expect(found == value, f"{name}: {field} is {short(body.get(field))}, expected {short(value)}")


def _plain(field: str, found: Any) -> Any:
    """A value of the body in the form in which it is expected; what JSON leaves open is read either way."""
    try:
        if field == "amount" and isinstance(found, (str, int, Decimal)):
            return Decimal(found)
        if field == "event_time":
            return times.from_iso(found) if isinstance(found, str) else times.from_integer(found)
        if field == "probability" and found is not None:
            return float(found)
        if field == "user_id" and isinstance(found, int):
            return str(found)
        if field == "fired_rules":
            return sorted(one["rule"] if isinstance(one, dict) else one for one in found)
    except (ArithmeticError, TypeError, KeyError):
        return None
    return found
