"""Reads the lake: the three tables pinned at one batch, through PyIceberg."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Dict, Iterator, List, Mapping, Optional, Sequence

import pyarrow as pa
from psycopg2.extensions import parse_dsn
from pyiceberg.catalog.sql import IcebergTables, SqlCatalog
from pyiceberg.manifest import ManifestEntry, ManifestFile
from pyiceberg.table import StaticTable
from pyiceberg.table.snapshots import Snapshot
from sqlalchemy import select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from .kafka import Unreachable

BRONZE = "bronze.transactions"
REJECTED = "bronze.rejected"
SILVER = "silver.transactions"
TABLES = (BRONZE, REJECTED, SILVER)
GOLD_PREFIX = "gold."

BATCH_ID = "rc.batch-id"
OFFSETS = "rc.offsets"
EPOCH = "rc.epoch"


def engine_url(dsn: str) -> str:
    """A DSN in the words of libpq, or a postgres URL, as SQLAlchemy wants it; other URLs as they are."""
    if "://" not in dsn:
        parts = parse_dsn(dsn)
        known = {"user": "username", "password": "password", "host": "host", "dbname": "database"}
        named = {ours: parts.pop(theirs) for theirs, ours in known.items() if theirs in parts}
        port = parts.pop("port", None)
        url = URL.create("postgresql+psycopg2", port=int(port) if port else None, query=parts, **named)
        return url.render_as_string(hide_password=False)
    dsn = dsn.removeprefix("jdbc:")
    if dsn.startswith(("postgres://", "postgresql://")):
        url = make_url("postgresql" + dsn[dsn.index(":") :]).set(drivername="postgresql+psycopg2")
        query = dict(url.query)
        for theirs, ours in (("user", "username"), ("password", "password")):
            if theirs in query:
                url = url.set(**{ours: query.pop(theirs)})
        return url.set(query=query).render_as_string(hide_password=False)
    return dsn


def batch_of(snapshot: Snapshot) -> Optional[int]:
    """ "Batch ids are numbers"; None where the snapshot carries none."""
    text = snapshot.summary.get(BATCH_ID) if snapshot.summary else None
    return int(text) if text is not None and text.isdigit() else None


def offsets_of(snapshot: Snapshot, topic: str) -> Optional[Dict[int, int]]:
    """The next offset of each partition, as the snapshot tells it; None where it tells none or nonsense."""
    text = snapshot.summary.get(OFFSETS) if snapshot.summary else None
    if text is None:
        return None
    try:
        return {int(partition): int(offset) for partition, offset in json.loads(text).get(topic, {}).items()}
    except (ValueError, AttributeError, TypeError):
        return None


def chain(table: StaticTable) -> List[Snapshot]:
    """The snapshots that led to the current one, oldest first, as far as they are not expired."""
    by_id = {snapshot.snapshot_id: snapshot for snapshot in table.metadata.snapshots}
    found: List[Snapshot] = []
    current = table.metadata.current_snapshot_id
    while current is not None and current in by_id and len(found) <= len(by_id):
        found.append(by_id[current])
        current = by_id[current].parent_snapshot_id
    return found[::-1]


@dataclass
class PinnedTable:
    """One table at one batch: "a reader takes the last snapshot with id <= N"."""

    name: str
    table: StaticTable
    snapshot: Optional[Snapshot]

    def manifests(self) -> List[ManifestFile]:
        """The manifests of the pinned snapshot."""
        return self.snapshot.manifests(self.table.io) if self.snapshot else []

    def entries(self) -> Iterator[ManifestEntry]:
        """The live entries of the pinned snapshot."""
        for manifest in self.manifests():
            yield from manifest.fetch_manifest_entry(self.table.io, discard_deleted=True)

    def rows(self, columns: Optional[Sequence[str]] = None) -> pa.Table:
        """The rows of the pinned snapshot."""
        fields = tuple(columns) if columns else ("*",)
        if self.snapshot is None:
            schema = self.table.schema()
            return (schema.select(*columns) if columns else schema).as_arrow().empty_table()
        return self.table.scan(snapshot_id=self.snapshot.snapshot_id, selected_fields=fields).to_arrow()


@dataclass
class Pin:
    """The tables at one batch."""

    batch: Optional[int]
    tables: Mapping[str, PinnedTable]
    gold: Mapping[str, PinnedTable] = field(default_factory=dict)

    def every(self) -> List[PinnedTable]:
        """The tables with a row for each record, and those that sum them up."""
        return [*self.tables.values(), *self.gold.values()]

    def offsets(self, topic: str) -> Dict[int, int]:
        """The offsets that the batch reaches: those of the snapshots with the greatest batch id."""
        found: Dict[int, int] = {}
        newest = max((batch_of(t.snapshot) or 0 for t in self.tables.values() if t.snapshot), default=0)
        for pinned in self.tables.values():
            if pinned.snapshot is not None and batch_of(pinned.snapshot) == newest:
                found.update(offsets_of(pinned.snapshot, topic) or {})
        return found


def open_catalog(dsn: str, catalog: str, store: Optional[Mapping[str, str]] = None) -> SqlCatalog:
    """The catalog as any outside reader opens it, with the words for its store; nothing is created."""
    words = {"uri": engine_url(dsn), "init_catalog_tables": "false", "pool_pre_ping": "true", **(store or {})}
    return SqlCatalog(catalog, **words)


def load(catalog: SqlCatalog) -> Dict[str, StaticTable]:
    """The three tables and gold as of one moment: their pointers are read by one statement."""
    statement = select(
        IcebergTables.table_namespace, IcebergTables.table_name, IcebergTables.metadata_location
    ).where(IcebergTables.catalog_name == catalog.name)
    try:
        with catalog.engine.connect() as connection:
            rows = connection.execute(statement).all()
    except SQLAlchemyError as error:
        raise Unreachable(f"the catalog does not answer: {str(error).splitlines()[0]}") from error
    places = {f"{namespace}.{name}": place for namespace, name, place in rows}
    absent = [name for name in TABLES if name not in places]
    if absent:
        raise Unreachable(f"catalog {catalog.name} has no {', '.join(absent)}; it has {sorted(places)}")
    try:
        names = [*TABLES, *sorted(name for name in places if name.startswith(GOLD_PREFIX))]
        return {name: StaticTable.from_metadata(places[name], dict(catalog.properties)) for name in names}
    except OSError as error:
        raise Unreachable(f"the warehouse cannot be read: {error}") from error


def pin(tables: Mapping[str, StaticTable], batch: Optional[int] = None) -> Pin:
    """The tables at a batch, the newest by default."""
    chains = {name: chain(table) for name, table in tables.items()}
    if batch is None:
        batch = max((batch_of(one) or 0 for found in chains.values() for one in found), default=None)
    pinned = {}
    for name, table in tables.items():
        fitting = [one for one in chains[name] if batch is not None and (batch_of(one) or 0) <= batch]
        pinned[name] = PinnedTable(name, table, fitting[-1] if fitting else None)
    gold = {name: one for name, one in pinned.items() if name.startswith(GOLD_PREFIX)}
    return Pin(batch, {name: one for name, one in pinned.items() if name not in gold}, gold)
