"""What the kept snapshots refer to is there; what nothing refers to any more is not."""

from __future__ import annotations

import time
from typing import Collection, Iterator, List, Set, Tuple

from pyarrow.fs import FileSelector, FileType
from pyiceberg.io.pyarrow import PyArrowFileIO

from .lake import Pin, PinnedTable
from .report import Report


def check_kept(report: Report, pin: Pin) -> None:
    """Every snapshot that is kept can be read: "expiry goes by batch", and until then nobody deletes."""
    there = report.check("lake.kept_files_exist")
    for pinned in pin.every():
        io = pinned.table.io
        for location in sorted(referenced(pinned)):
            there.expect(io.new_input(location).exists(), f"{pinned.name}: {location}")


def check_left_over(report: Report, pin: Pin, minutes: float, waiting: Collection[str] = ()) -> None:
    """No file in a table's folder that nothing refers to, but for younger ones and those that wait to be deleted."""
    check = report.check("lake.nothing_left_over")
    excused = {_plain(location) for location in waiting}
    before = time.time() - minutes * 60
    for pinned in pin.every():
        named = {_plain(location) for location in referenced(pinned)} | excused
        for path, written in _stored(pinned):
            check.expect(path in named or written > before, f"{pinned.name}: nothing refers to {path}")


def referenced(pinned: PinnedTable) -> Set[str]:
    """The files that a table's metadata and its kept snapshots name, as far as those can be read."""
    table = pinned.table
    found = {table.metadata_location, *(entry.metadata_file for entry in table.metadata.metadata_log)}
    found |= {file.statistics_path for file in table.metadata.statistics}
    read: Set[str] = set()
    for snapshot in table.metadata.snapshots:
        found.add(snapshot.manifest_list)
        try:
            manifests = snapshot.manifests(table.io)
        except FileNotFoundError:
            continue  # its manifest list is among the files and will be missed
        for manifest in manifests:
            found.add(manifest.manifest_path)
            if manifest.manifest_path not in read:
                read.add(manifest.manifest_path)
                found.update(_live(pinned, manifest))
    return found


def _live(pinned: PinnedTable, manifest: object) -> List[str]:
    try:
        entries = manifest.fetch_manifest_entry(pinned.table.io, discard_deleted=True)  # type: ignore[attr-defined]
        return [entry.data_file.file_path for entry in entries]
    except FileNotFoundError:
        return []


def _stored(pinned: PinnedTable) -> Iterator[Tuple[str, float]]:
    """Every file under the table's location, and when it was written."""
    io = pinned.table.io
    assert isinstance(io, PyArrowFileIO)
    scheme, host, path = io.parse_location(pinned.table.metadata.location)
    for found in io.fs_by_scheme(scheme, host).get_file_info(FileSelector(path, recursive=True)):
        if found.type == FileType.File:
            yield found.path, found.mtime.timestamp() if found.mtime else 0.0


def _plain(location: str) -> str:
    """A location as the store itself calls it: `file:/a` and `file:///a` are one."""
    return PyArrowFileIO.parse_location(location)[2]
