"""What must hold of the tables themselves: format, schema, snapshots, files."""

from __future__ import annotations

from collections import Counter
from typing import Dict, Set

from pyiceberg.manifest import DataFileContent
from pyiceberg.table import StaticTable

from . import schema
from .lake import BATCH_ID, EPOCH, OFFSETS, Pin, PinnedTable, batch_of, chain, offsets_of
from .report import Report


def check_lake(report: Report, pin: Pin, topic: str) -> None:
    """All checks of this file."""
    for pinned in pin.every():
        _check_format(report, pinned)
        _check_chain(report, pinned.name, pinned.table, topic)
    for pinned in pin.tables.values():
        schema.check_schema(report, pinned.name, pinned.table)
    _check_offsets(report, pin, topic)
    _check_files(report, pin)


def _check_format(report: Report, pinned: PinnedTable) -> None:
    """ "Format v2, copy-on-write, no delete files, so every engine reads it."."""
    check = report.check("lake.format")
    version = pinned.table.metadata.format_version
    check.expect(version == 2, f"{pinned.name} has format version {version}")
    for manifest in pinned.manifests():
        check.expect(manifest.content.value == 0, f"{pinned.name} has a delete manifest {manifest.manifest_path}")


def _check_chain(report: Report, name: str, table: StaticTable, topic: str) -> None:
    """ "Every snapshot carries `rc.batch-id`, `rc.offsets`, `rc.epoch`."; batches and offsets never go back."""
    carries, unbroken = report.check("lake.snapshot_carries"), report.check("lake.snapshot_chain")
    forward = report.check("lake.batch_never_falls")
    led = chain(table)
    tagged = {ref.snapshot_id for ref in table.metadata.refs.values()}
    ids = {snapshot.snapshot_id for snapshot in led}
    for snapshot in table.metadata.snapshots:
        known = snapshot.snapshot_id in ids or snapshot.snapshot_id in tagged
        unbroken.expect(known, f"{name}: snapshot {snapshot.snapshot_id} did not lead to the current one")
        for key in (BATCH_ID, OFFSETS, EPOCH):
            told = bool(snapshot.summary and snapshot.summary.get(key))
            carries.expect(told, f"{name}: snapshot {snapshot.snapshot_id} carries no {key}")
    current = table.metadata.current_snapshot_id
    unbroken.expect(current is None or bool(led), f"{name}: the current snapshot {current} is not in the metadata")
    for before, after in zip(led, led[1:]):
        pair = f"{name}: snapshots {before.snapshot_id}, {after.snapshot_id}"
        rises = (before.sequence_number or 0) < (after.sequence_number or 0)
        unbroken.expect(rises, f"{pair}: the sequence number does not rise")
        batches = batch_of(before), batch_of(after)
        forward.expect((batches[0] or 0) <= (batches[1] or 0), f"{pair}: {BATCH_ID} falls: {batches}")
        earlier, later = offsets_of(before, topic) or {}, offsets_of(after, topic) or {}
        back = [p for p, offset in earlier.items() if later.get(p, -1) < offset]
        forward.expect(not back, f"{pair}: {OFFSETS} go back in partitions {back}")


def _check_offsets(report: Report, pin: Pin, topic: str) -> None:
    """ "A reader that pins one batch id sees equal offsets in every table"."""
    check = report.check("lake.offsets_equal")
    told: Dict[int, tuple] = {}
    for pinned in pin.every():
        for snapshot in chain(pinned.table):
            batch, offsets = batch_of(snapshot), offsets_of(snapshot, topic)
            if batch is None:
                continue
            name, first = told.setdefault(batch, (pinned.name, offsets))
            check.expect(first == offsets, f"batch {batch}: {name} says {first}, {pinned.name} says {offsets}")


def _check_files(report: Report, pin: Pin) -> None:
    """No data file twice, in one table or in two; every file that is named is there, as long as it is said to be."""
    once, there = report.check("lake.files_once"), report.check("lake.files_exist")
    data_only = report.check("lake.no_delete_files")
    anywhere: Counter = Counter()
    for pinned in pin.every():
        io = pinned.table.io
        lists: Set[str] = {snapshot.manifest_list for snapshot in pinned.table.metadata.snapshots}
        for place in sorted(lists):
            there.expect(io.new_input(place).exists(), f"{pinned.name}: manifest list {place}")
        try:
            for manifest in pinned.manifests():
                there.expect(io.new_input(manifest.manifest_path).exists(), f"{pinned.name}: {manifest.manifest_path}")
            entries = list(pinned.entries())
        except FileNotFoundError as error:
            there.violated(f"{pinned.name}: {error}")
            continue
        for entry in entries:
            file = entry.data_file
            anywhere[file.file_path] += 1
            data_only.expect(file.content == DataFileContent.DATA, f"{pinned.name}: {file.file_path}")
            found = io.new_input(file.file_path)
            if there.expect(found.exists(), f"{pinned.name}: data file {file.file_path}"):
                size = len(found)
                told = file.file_size_in_bytes
                there.expect(size == told, f"{file.file_path} has {size} bytes, the manifest says {told}")
    once.looked(len(anywhere))
    once.violated_all(f"{path} is listed {count} times" for path, count in anywhere.items() if count > 1)
