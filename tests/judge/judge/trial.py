"""One trial: what the product left behind, against the truth about its input."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Dict, List, Mapping, Optional

import pyarrow as pa

from . import alert_checks, dlq_checks, erased_checks
from .accept import AvroDecoder
from .anomaly_checks import TopicChecks
from .bronze_checks import check_bronze, check_sources, of_partition, reasons_by_offset
from .columns import Pseudonyms
from .expected import Expected, expect
from .first_bands import first_bands
from .gold_checks import GOLD_CHECKED, check_gold
from .kafka import Log
from .lake import BRONZE, REJECTED, SILVER, Pin
from .names import Names
from .lake_checks import check_lake
from .model import Record
from .quality_checks import check_quality
from .report import Report
from .rules import Schedule
from .silver_checks import check_silver

_BRONZE_UNREAD = ("ingest_time",)


@dataclass
class Evidence:
    """All that is looked at. Tables are pinned first and the input is read last, so nothing looks ahead of it."""

    topic: str
    pin: Pin
    alerts: Log
    letters: Log
    input: Log
    anomalies: Optional[Log] = None


@dataclass
class Totals:
    """Counts and sums over the truth up to the batch, for readers that only count."""

    rows: Counter = field(default_factory=Counter)
    sums: Counter = field(default_factory=Counter)
    approximate: int = 0

    def add(self, expected: Expected) -> None:
        """One partition more."""
        refused = [record.offset for record, _ in expected.rejected if record.offset < expected.limit]
        self.rows[BRONZE] += len(expected.accepted)
        self.rows[REJECTED] += len(refused)
        self.rows[SILVER] += len(expected.decided_offsets)
        self.sums[BRONZE, "offset"] += sum(record.offset for record in expected.accepted)
        self.sums[BRONZE, "event_time"] += sum(expected.parsed["event_time"])
        self.sums[REJECTED, "offset"] += sum(refused)
        self.sums[SILVER, "source_offset"] += sum(expected.decided_offsets)
        for column in ("event_time", "amount", "points", "tx_count_30m"):
            self.sums[SILVER, column] += sum(expected.silver[column])
        self.approximate += sum(expected.may_be_approximate)

    def add_tombstones(self, accepted: pa.Table, rejected: pa.Table) -> None:
        """What was erased still has rows, coordinates and times."""
        for name, table in ((BRONZE, accepted), (REJECTED, rejected)):
            self.rows[name] += table.num_rows
            self.sums[name, "offset"] += sum(table["offset"].to_pylist())
        self.sums[BRONZE, "event_time"] += sum(accepted["event_time"].cast(pa.int64()).to_pylist())


@dataclass(frozen=True)
class Law:
    """What decides: rules, pseudonyms, the cluster's name, Avro schemas if there are any."""

    schedule: Schedule
    keys: Pseudonyms
    cluster: str = "dev"
    avro: Optional[AvroDecoder] = None


def judge(
    evidence: Evidence, law: Law, report: Report, expect_drained: bool = False, running: bool = False
) -> Totals:
    """All checks; what they found stands in the report. While nodes are at work (`running`), topics and tables stand
    where their cursors stand, and what a topic does not have yet is not missing."""
    check_lake(report, evidence.pin, evidence.topic)
    tables = _tables(evidence.pin, report)
    if tables is None:
        return Totals()
    first = first_bands(evidence.input, law.schedule, law.avro)
    names = Names(law.schedule, law.keys.rekeyed())
    check_gold(report, evidence.pin, law.schedule.corrections(), first, names)
    if evidence.anomalies is not None and report.facts["gold"] == GOLD_CHECKED:
        reached = {(evidence.topic, partition): to for partition, to in evidence.pin.offsets(evidence.topic).items()}
        gone = erased_checks.customers(evidence.input, tables[BRONZE], tables[REJECTED])
        erased = {law.keys.customer(user, version) for user in gone for version in law.keys.versions()}
        checks = TopicChecks(report, law.cluster, tables[SILVER], tables[BRONZE], erased, law.keys.now_named())
        checks.check(evidence.anomalies, reached, running)
    check_quality(report, evidence.pin)
    return judge_rows(evidence, tables, law, report, expect_drained, running)


def judge_rows(
    evidence: Evidence,
    tables: Mapping[str, pa.Table],
    law: Law,
    report: Report,
    expect_drained: bool = False,
    running: bool = False,
) -> Totals:
    """The rows of the pinned tables and the topics against the truth."""
    topic, offsets = evidence.topic, evidence.pin.offsets(evidence.topic)
    parts = set(evidence.input)
    check_sources(report, BRONZE, tables[BRONZE], ("topic", "partition"), topic, parts)
    check_sources(report, REJECTED, tables[REJECTED], ("topic", "partition"), topic, parts)
    check_sources(report, SILVER, tables[SILVER], ("source_topic", "source_partition"), topic, parts)
    alerts = alert_checks.AlertChecks(report, topic, law.cluster, law.keys, law.schedule)
    totals, seen_in, policies, erased = Totals(), Counter(), set(), 0  # type: ignore[var-annotated]
    for partition, log in evidence.input.items():
        limit = offsets.get(partition, 0)
        accepted = of_partition(tables[BRONZE], "partition", "offset", partition)
        rejected = of_partition(tables[REJECTED], "partition", "offset", partition)
        accepted, rejected, *tombstones = erased_checks.split(accepted, rejected)
        gone = erased_checks.check_tombstones(report, log, limit, *tombstones, law.avro)
        if gone:
            erased += len(gone)
            log = [record for record in log if record.offset not in gone]
        expected = expect(partition, log, limit, law.schedule, law.keys, law.avro)
        totals.add(expected)
        totals.add_tombstones(*tombstones)
        seen_in.update(expected.users)
        if expect_drained:
            last = log[-1].offset if log else -1
            report.check("drained").expect(limit > last, f"{topic}/{partition}: batch to {limit}, log to {last}")
        check_bronze(report, expected, accepted, rejected, topic)
        del accepted
        rows = of_partition(tables[SILVER], "source_partition", "source_offset", partition)
        policies |= set(rows["policy_version"].unique().to_pylist())
        sent = [one for one in evidence.alerts.get(partition, []) if _offset_of(one, topic) not in gone]
        letters = [one for one in evidence.letters.get(partition, []) if dlq_checks.source_offset(one) not in gone]
        asked = set(expected.alerts)
        said = check_silver(report, expected, rows, topic, law.schedule, asked)
        of_alerts, of_letters = _progress(sent, [], topic), _progress([], letters, topic)
        if not running:
            of_alerts = of_letters = max(limit, of_alerts, of_letters)
        alerts.check(expected, sent, of_alerts, said)
        dlq_checks.check_dlq(report, expected, letters, of_letters, reasons_by_offset(rejected), topic)
    _check_strays(report, evidence)
    report.facts.update(_facts(evidence, totals, offsets, policies))
    if erased:
        report.facts["erased records"] = erased
    strangers = [user for user, count in seen_in.items() if count > 1]
    if strangers:
        report.facts["customers in several partitions"] = f"{len(strangers)}, among them {strangers[:3]}"
    return totals


def _tables(pin: Pin, report: Report) -> Optional[Dict[str, pa.Table]]:
    """The pinned rows of every table; None where one cannot be read, which the report says."""
    check, found = report.check("lake.readable"), {}
    for name, pinned in pin.tables.items():
        wanted = [one.name for one in pinned.table.schema().fields if one.name not in _BRONZE_UNREAD]
        try:
            found[name] = pinned.rows(wanted)
        except (OSError, ValueError) as error:
            check.violated(f"{name}: {error}")
            return None
        check.looked(1)
    return found


def _offset_of(alert: Record, topic: str) -> Optional[int]:
    """The input offset that an alert tells of."""
    source = alert_checks.source_of(alert, topic)
    return source[1] if source else None


def _progress(alerts: List, letters: List, topic: str) -> int:
    """One past the greatest input offset whose output is published: what lies below must be there too."""
    found = 0
    for record in alerts:
        source = alert_checks.source_of(record, topic)
        found = max(found, source[1] + 1) if source else found
    for letter in letters:
        offset = dlq_checks.source_offset(letter)
        found = max(found, offset + 1) if offset is not None else found
    return found


def _check_strays(report: Report, evidence: Evidence) -> None:
    """ "input partition p writes only alerts partition p": partitions that the input does not have stay empty."""
    for name, log in (("alerts.partition", evidence.alerts), ("dlq.none_wrong", evidence.letters)):
        for partition, records in log.items():
            if partition not in evidence.input and records:
                report.check(name).violated(f"partition {partition}, which the input does not have", len(records))


def _facts(evidence: Evidence, totals: Totals, offsets: Dict[int, int], policies: set) -> Dict[str, object]:
    count = sum(len(log) for log in evidence.input.values())
    return {
        "batch": evidence.pin.batch,
        "offsets": {str(partition): offset for partition, offset in sorted(offsets.items())},
        "input records": count,
        "bronze rows expected": totals.rows[BRONZE],
        "rejected rows expected": totals.rows[REJECTED],
        "silver rows expected": totals.rows[SILVER],
        "alerts on the topic": sum(len(log) for log in evidence.alerts.values()),
        "policy versions": sorted(str(policy) for policy in policies),
    }
