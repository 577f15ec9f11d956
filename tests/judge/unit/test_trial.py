"""A world without fault is fine; each planted fault is found by the check that is named for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict

import pytest

import lakeworld
from judge.duck import check_duckdb, extension, local_path
from judge.lake import BRONZE, REJECTED, SILVER, load
from judge.model import Record
from judge.report import Report
from world import World, input_log


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    world = World(tmp_path_factory.mktemp("sound"))
    return world, world.write()


def test_a_world_without_fault_is_fine(sound: tuple) -> None:
    outcome = sound[0].trial(sound[1])
    assert outcome.failed == [], outcome.report.as_text()
    looked = {check.name: check.looked_at for check in outcome.report.checks}
    for name in ("bronze.each_record_once", "silver.features", "silver.fired_rules", "alerts.body", "dlq.content"):
        assert looked[name] > 0, name


def test_an_older_batch_can_be_pinned(sound: tuple) -> None:
    outcome = sound[0].trial(sound[1], batch=1, drained=False)
    assert outcome.failed == []
    assert 0 < outcome.totals.rows[SILVER] < len(sound[0].rows[SILVER])
    assert sound[0].trial(sound[1], batch=1, drained=True).failed == ["drained"]


def test_duckdb_counts_the_same(sound: tuple) -> None:
    outcome = sound[0].trial(sound[1])
    report = Report()
    check_duckdb(report, outcome.pinned, outcome.totals)
    assert report.violations == 0, report.as_text()
    assert report.check("duckdb.files").looked_at > 9
    if extension("iceberg") and extension("avro"):
        assert report.facts["duckdb iceberg extension"] == "loaded"
        assert report.check("duckdb.iceberg_scan").looked_at > 9
    outcome.totals.sums[SILVER, "points"] += 1
    check_duckdb(report, outcome.pinned, outcome.totals)
    assert report.violations >= 1


def _row(world: World, table: str, at: int = 5) -> Dict[str, Any]:
    return world.rows[table][at]


def _swap_header(record: Record, name: str, value: bytes) -> Record:
    return record._replace(headers=tuple((k, value if k == name else v) for k, v in record.headers))


def _add(world: World, log: Dict[int, list], partition: int, record: Record) -> None:
    log[partition].append(record)


ROW_FAULTS: Dict[str, tuple] = {
    "a bronze row is missing": (lambda w: w.rows[BRONZE].pop(7), "bronze.each_record_once"),
    "a bronze row is there twice": (lambda w: w.rows[BRONZE].append(_row(w, BRONZE)), "bronze.each_record_once"),
    "a rejected row is missing": (lambda w: w.rows[REJECTED].pop(), "bronze.each_record_once"),
    "a value lost a byte": (lambda w: _row(w, BRONZE).update(value=b"{}"), "bronze.original_bytes"),
    "headers are lost": (lambda w: [r.update(headers=[]) for r in w.rows[BRONZE]], "bronze.original_bytes"),
    "a rejected key is lost": (lambda w: _row(w, REJECTED).update(key=None), "rejected.original_bytes"),
    "a Kafka time is off": (lambda w: _row(w, BRONZE).update(kafka_time=1), "bronze.original_bytes"),
    "a disposition is wrong": (lambda w: _row(w, BRONZE).update(disposition="rejected"), "bronze.disposition"),
    "a reason without number": (lambda w: _row(w, REJECTED).update(reason="bad"), "rejected.reason"),
    "a row of another topic": (lambda w: _row(w, BRONZE).update(topic="other"), "bronze.sources"),
    "a silver row is missing": (lambda w: w.rows[SILVER].pop(9), "silver.each_decision_once"),
    "a silver row is there twice": (lambda w: w.rows[SILVER].append(_row(w, SILVER)), "silver.each_decision_once"),
    "points are off": (lambda w: _row(w, SILVER).update(points=99), "silver.points"),
    "a band is off": (lambda w: _row(w, SILVER).update(band="ODD"), "silver.band"),
    "an amount is off": (lambda w: _row(w, SILVER).update(amount=1), "silver.amount"),
    "a merchant is invented": (lambda w: _row(w, SILVER).update(merchant="x"), "silver.merchant"),
    "a customer key is raw": (lambda w: _row(w, SILVER).update(customer_key="user-1"), "silver.customer_key"),
    "a count is off": (lambda w: _row(w, SILVER).update(tx_count_30m=77), "silver.tx_count_30m"),
    "an hour is off": (lambda w: _row(w, SILVER).update(hour=24), "silver.hour"),
    "late is off": (lambda w: _row(w, SILVER).update(is_late=None), "silver.is_late"),
    "a rule is invented": (
        lambda w: _row(w, SILVER)["fired_rules"].append({"rule": "x", "points": 1, "observed": ""}),
        "silver.fired_rules",
    ),
    "a feature is off by a bit": (
        lambda w: _row(w, SILVER)["features"].__setitem__(8, _row(w, SILVER)["features"][8] * (1 + 2**-22) + 1e-30),
        "silver.features",
    ),
    "a vector is too short": (lambda w: _row(w, SILVER)["features"].pop(), "silver.features"),
    "approximate without need": (lambda w: _row(w, SILVER).update(is_approximate=True), "silver.is_approximate"),
    "a policy is not named": (lambda w: _row(w, SILVER).update(policy_version=None), "silver.policy_version"),
}

TOPIC_FAULTS: Dict[str, tuple] = {
    "an alert is missing": (lambda w: w.alerts[0].pop(3), "alerts.none_missing"),
    "an alert is there twice": (lambda w: _add(w, w.alerts, 0, w.alerts[0][2]), "alerts.once"),
    "an alert without cause": (
        lambda w: _add(w, w.alerts, 0, _swap_header(w.alerts[0][0], "ce_id", b"transactions/0/99999")),
        "alerts.none_wrong",
    ),
    "an alert in a foreign partition": (lambda w: _add(w, w.alerts, 1, w.alerts[0][1]), "alerts.partition"),
    "an alert of another type": (
        lambda w: w.alerts[0].__setitem__(0, _swap_header(w.alerts[0][0], "ce_type", b"alert")),
        "alerts.headers",
    ),
    "an alert's amount is off": (
        lambda w: w.alerts[0].__setitem__(
            0, w.alerts[0][0]._replace(value=w.alerts[0][0].value.replace(b'"amount": "', b'"amount": "1'))
        ),
        "alerts.body",
    ),
    "an alert under another key": (
        lambda w: w.alerts[0].__setitem__(0, w.alerts[0][0]._replace(key=b"x")), "alerts.headers",
    ),
    "a letter is missing": (lambda w: w.letters[1].pop(), "dlq.none_missing"),
    "a letter is there twice": (lambda w: _add(w, w.letters, 0, w.letters[0][0]), "dlq.once"),
    "a letter about a sound record": (
        lambda w: _add(w, w.letters, 0, _swap_header(w.letters[0][0], "dq_offset", b"4")), "dlq.none_wrong",
    ),
    "a letter lost its value": (
        lambda w: w.letters[1].__setitem__(0, w.letters[1][0]._replace(value=b"")), "dlq.content",
    ),
    "a letter tells another reason": (
        lambda w: w.letters[1].__setitem__(0, _swap_header(w.letters[1][0], "dq_reason", b"RC-0001")), "dlq.content",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", ROW_FAULTS)
def test_a_wrong_row_is_found(fault: str, sound: tuple, tmp_path: Path) -> None:
    plant, check = ROW_FAULTS[fault]
    world = World(tmp_path)
    plant(world)
    assert check in world.trial_of_rows(sound[1]).failed


@pytest.mark.parametrize("fault", TOPIC_FAULTS)
def test_a_wrong_topic_is_found(fault: str, sound: tuple, tmp_path: Path) -> None:
    plant, check = TOPIC_FAULTS[fault]
    world = World(tmp_path)
    plant(world)
    assert world.trial_of_rows(sound[1]).failed == [check]


def test_while_nodes_run_what_comes_last_may_be_late(sound: tuple, tmp_path: Path) -> None:
    world = World(tmp_path)
    world.alerts[0].pop()
    world.letters[1].pop()
    assert world.trial_of_rows(sound[1], running=True).failed == []


def test_while_nodes_run_a_gap_is_found(sound: tuple, tmp_path: Path) -> None:
    world = World(tmp_path)
    world.alerts[0].pop(3)
    world.letters[1].pop(0)
    assert world.trial_of_rows(sound[1], running=True).failed == ["alerts.none_missing", "dlq.none_missing"]


def _extra(catalog: Any, name: str, batch: int, offsets: Dict[int, int], world: World) -> None:
    row = {**world.rows[name][0], "offset": 10**6, "source_offset": 10**6}
    lakeworld.append(catalog, name, [row], batch, offsets)


def test_unequal_offsets_of_a_batch_are_found(tmp_path: Path) -> None:
    world = World(tmp_path, input_log(30))
    catalog = world.write()
    _extra(catalog, BRONZE, 3, {0: 10**6, 1: 10**6}, world)
    _extra(catalog, SILVER, 3, {0: 10**6, 1: 10**6 + 1}, world)
    assert "lake.offsets_equal" in world.trial(catalog).failed


def test_a_batch_id_that_falls_is_found(tmp_path: Path) -> None:
    world = World(tmp_path, input_log(30))
    catalog = world.write()
    _extra(catalog, BRONZE, 1, world.batches[0], world)
    assert "lake.batch_never_falls" in world.trial(catalog).failed


def test_a_file_listed_twice_is_found(tmp_path: Path) -> None:
    world = World(tmp_path, input_log(30))
    catalog = world.write()
    table = catalog.load_table(SILVER)
    files = [task.file.file_path for task in table.scan().plan_files()][:1]
    properties = lakeworld.properties(2, world.batches[1])
    table.add_files(files, snapshot_properties=properties, check_duplicate_files=False)
    failed = world.trial(catalog).failed
    assert "lake.files_once" in failed and "silver.each_decision_once" in failed


def test_a_file_that_is_gone_is_found(tmp_path: Path) -> None:
    world = World(tmp_path, input_log(30))
    catalog = world.write()
    gone = next(iter(catalog.load_table(SILVER).scan().plan_files())).file.file_path
    os.remove(local_path(gone))
    assert {"lake.files_exist", "lake.readable"} <= set(world.trial(catalog).failed)


def test_a_snapshot_without_batch_is_found(tmp_path: Path) -> None:
    world = World(tmp_path, input_log(30))
    catalog = world.write()
    table = catalog.load_table(REJECTED)
    table.append(table.scan().to_arrow().slice(0, 1))
    assert "lake.snapshot_carries" in world.trial(catalog).failed


def test_every_pointer_is_read_at_one_moment(sound: tuple) -> None:
    assert set(load(sound[1])) == {BRONZE, REJECTED, SILVER}
