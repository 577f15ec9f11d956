"""What kept snapshots refer to must be there, and after maintenance nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any, List

import pytest
from sqlalchemy import text

import lakeworld
from judge import lake
from judge.duck import local_path
from judge.kept_checks import check_left_over
from judge.lake import SILVER, load, pin
from judge.report import Report
from world import World, input_log


@pytest.fixture()
def world(tmp_path: Path) -> World:
    return World(tmp_path, input_log(30))


def _files(catalog: Any) -> List[str]:
    return [local_path(task.file.file_path) for task in catalog.load_table(SILVER).scan().plan_files()]


def _left_over(catalog: Any, minutes: float) -> List[str]:
    report = Report()
    check_left_over(report, pin(load(catalog)), minutes, lake.waiting_deletions(catalog))
    (check,) = report.checks
    assert check.looked_at > 0
    return check.offenders


def test_a_file_that_only_an_older_snapshot_names_must_be_there_too(world: World) -> None:
    catalog = world.write()
    older = _files(catalog)
    table = catalog.load_table(SILVER)
    table.overwrite(table.scan().to_arrow(), snapshot_properties=lakeworld.properties(2, world.batches[1]))
    assert not set(older) & set(_files(catalog))
    assert "lake.kept_files_exist" not in world.trial(catalog).failed
    os.remove(older[0])
    failed = world.trial(catalog).failed
    assert "lake.kept_files_exist" in failed and "lake.files_exist" not in failed


def test_a_metadata_file_that_the_newest_one_names_must_be_there(world: World) -> None:
    catalog = world.write()
    os.remove(local_path(catalog.load_table(SILVER).metadata.metadata_log[0].metadata_file))
    assert world.trial(catalog).failed == ["lake.kept_files_exist"]


def test_an_epoch_that_falls_is_found(world: World) -> None:
    catalog = world.write()
    table = catalog.load_table(SILVER)
    stale = {**lakeworld.properties(3, world.batches[1]), "rc.epoch": "0"}
    table.append(table.scan().to_arrow().slice(0, 1), snapshot_properties=stale)
    assert "lake.epoch_never_falls" in world.trial(catalog).failed


def _line_of_five(world: World) -> Any:
    catalog = world.write()
    for _ in range(3):
        table = catalog.load_table(SILVER)
        table.overwrite(table.scan().to_arrow(), snapshot_properties=lakeworld.properties(2, world.batches[1]))
    return catalog


def test_a_line_whose_middle_was_expired_is_unbroken(world: World) -> None:
    catalog = _line_of_five(world)
    table = catalog.load_table(SILVER)
    middle = sorted(table.metadata.snapshots, key=lambda one: one.sequence_number)[-3]
    table.maintenance.expire_snapshots().by_id(middle.snapshot_id).commit()
    table = catalog.load_table(SILVER)
    assert middle.snapshot_id not in {one.snapshot_id for one in table.metadata.snapshots}
    assert len(lake.chain(table)) == len(table.metadata.snapshots)
    assert "lake.snapshot_chain" not in world.trial(catalog).failed


def test_a_snapshot_beside_the_line_is_found(world: World) -> None:
    catalog = _line_of_five(world)
    table = catalog.load_table(SILVER)
    older = table.metadata.snapshot_log[-3].snapshot_id
    with table.manage_snapshots() as snapshots:
        snapshots.rollback_to_snapshot(older)
    assert "lake.snapshot_chain" in world.trial(catalog).failed


def test_a_sound_world_leaves_nothing_over(world: World) -> None:
    assert _left_over(world.write(), 0) == []


def test_a_file_that_nothing_refers_to_is_found_once_it_is_old_enough(world: World) -> None:
    catalog = world.write()
    stray = Path(_files(catalog)[0]).with_name("stray.parquet")
    stray.write_bytes(b"PAR1")
    assert _left_over(catalog, 60) == []
    hours_ago = time.time() - 7200
    os.utime(stray, (hours_ago, hours_ago))
    (told,) = _left_over(catalog, 60)
    assert "stray.parquet" in told


def test_a_file_that_waits_for_its_deletion_is_not_left_over_until_its_grace_has_passed(world: World) -> None:
    catalog = world.write()
    stray = Path(_files(catalog)[0]).with_name("replaced.parquet")
    stray.write_bytes(b"PAR1")
    with catalog.engine.begin() as connection:
        connection.execute(text("CREATE TABLE rc_deferred_deletion (path text, not_before timestamp, reason text)"))
        row = text("INSERT INTO rc_deferred_deletion VALUES (:path, '2999-01-01 00:00:00', 'compacted')")
        connection.execute(row, {"path": f"file://{stray}"})
    assert _left_over(catalog, 0) == []
    with catalog.engine.begin() as connection:
        connection.execute(text("UPDATE rc_deferred_deletion SET not_before = '2020-01-01 00:00:00'"))
    (told,) = _left_over(catalog, 0)
    assert "replaced.parquet" in told
