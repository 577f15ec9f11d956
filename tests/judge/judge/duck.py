"""The same counts and sums once more, by another reader: DuckDB."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import List, Optional
from urllib.parse import unquote, urlparse

import duckdb

from .lake import BRONZE, REJECTED, SILVER, Pin, PinnedTable
from .report import Report
from .store import Store
from .trial import Totals

_EXPRESSIONS = {
    (BRONZE, "offset"): 'sum("offset"::HUGEINT)',
    (BRONZE, "event_time"): "sum(epoch_us(event_time)::HUGEINT)",
    (REJECTED, "offset"): 'sum("offset"::HUGEINT)',
    (SILVER, "source_offset"): "sum(source_offset::HUGEINT)",
    (SILVER, "event_time"): "sum(epoch_us(event_time)::HUGEINT)",
    (SILVER, "amount"): "sum((amount * 10000)::HUGEINT)",
    (SILVER, "points"): "sum(points::HUGEINT)",
    (SILVER, "tx_count_30m"): "sum(tx_count_30m::HUGEINT)",
}
#: Sums that lower bounds change.
_BOUNDED = {"points", "tx_count_30m"}


def local_path(location: str) -> str:
    """A file location as a path of this machine, if it is one."""
    parsed = urlparse(location)
    return unquote(parsed.path) if parsed.scheme == "file" else location


def extension(name: str) -> Optional[Path]:
    """The extension that the PyPI package duckdb-extension-<name> brings."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        for found in sorted(Path(place).rglob(f"{name}.duckdb_extension*")):
            return found
    return None


def check_duckdb(report: Report, pin: Pin, totals: Totals, store: Store = Store()) -> None:
    """The pinned files through `read_parquet`, and the pinned snapshot through `iceberg_scan` where it loads."""
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    connection.execute("SET TimeZone='UTC'")
    if not _reaches(report, connection, pin, store):
        return
    loaded = _load_iceberg(report, connection)
    for pinned in pin.tables.values():
        files = [local_path(entry.data_file.file_path) for entry in pinned.entries()]
        if files:
            names = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
            source = f"read_parquet([{names}], hive_partitioning=false)"
            _compare(report, "duckdb.files", connection, pinned.name, source, totals)
        else:
            report.check("duckdb.files").expect(totals.rows[pinned.name] == 0, f"{pinned.name} has no files")
        if loaded and pinned.snapshot is not None:
            _compare(report, "duckdb.iceberg_scan", connection, pinned.name, _scan(pinned), totals)


def _reaches(report: Report, connection: duckdb.DuckDBPyConnection, pin: Pin, store: Store) -> bool:
    """Files in a store are read by the extension httpfs; those of this machine need nothing."""
    if all(urlparse(pinned.table.metadata_location).scheme in ("", "file") for pinned in pin.tables.values()):
        return True
    try:
        connection.execute(f"LOAD '{extension('httpfs')}'")
        connection.execute(store.duckdb_secret())
    except duckdb.Error as error:
        report.check("duckdb.files").violated(f"httpfs does not load: {str(error).splitlines()[0]}")
        return False
    return True


def _scan(pinned: PinnedTable) -> str:
    place = local_path(pinned.table.metadata_location).replace("'", "''")
    assert pinned.snapshot is not None
    return f"iceberg_scan('{place}', snapshot_from_id={pinned.snapshot.snapshot_id}::UBIGINT)"


def _load_iceberg(report: Report, connection: duckdb.DuckDBPyConnection) -> bool:
    said: List[str] = []
    for name in ("avro", "iceberg"):
        place = extension(name)
        if place is None:
            report.facts["duckdb iceberg extension"] = f"not installed: {name}"
            return False
        try:
            connection.execute(f"LOAD '{place}'")
            said.append(name)
        except duckdb.Error as error:
            report.facts["duckdb iceberg extension"] = f"{name} does not load: {str(error).splitlines()[0]}"
            return False
    report.facts["duckdb iceberg extension"] = "loaded"
    return True


def _compare(
    report: Report, name: str, connection: duckdb.DuckDBPyConnection, table: str, source: str, totals: Totals
) -> None:
    check = report.check(name)
    wanted = {"rows": totals.rows[table]}
    columns = ["count(*)"]
    for (owner, column), expression in _EXPRESSIONS.items():
        if owner == table and not (totals.approximate and column in _BOUNDED):
            wanted[column] = totals.sums[table, column]
            columns.append(expression)
    try:
        found = connection.execute(f"SELECT {', '.join(columns)} FROM {source}").fetchone()
    except duckdb.Error as error:
        check.violated(f"{table}: {str(error).splitlines()[0]}")
        return
    assert found is not None
    for (column, value), actual in zip(wanted.items(), found):
        check.expect(value == int(actual or 0), f"{table}: {column} is {actual}, expected {value}")
