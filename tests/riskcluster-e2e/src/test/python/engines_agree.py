"""Reads every table at each batch by three ways and prints count and checksum of each as JSON, an object for a batch.

Arguments: the catalog's database as an SQLAlchemy URI, the REST catalog's address, batches.
Ways: PyIceberg by Postgres, PyIceberg by REST, DuckDB by REST (its own Iceberg reader).
"""
import hashlib
import importlib.util
import json
import sys
from pathlib import Path

import duckdb
from pyiceberg.catalog.rest import RestCatalog
from pyiceberg.catalog.sql import SqlCatalog

SILVER_SUMS = (
    "SELECT count(*), sum(amount)::VARCHAR, sum(source_offset)::VARCHAR, sum(points)::VARCHAR,"
    " sum(tx_count_30m)::VARCHAR, bit_xor(hash(customer_key))::VARCHAR, min(event_time)::VARCHAR FROM "
)


def names(catalog):
    return sorted(".".join(name) for space in ("bronze", "silver", "gold") for name in catalog.list_tables(space))


def shown_at(table, batch):
    shown = [one for one in table.snapshots() if int(one.summary["rc.batch-id"]) <= batch]
    return max(shown, key=lambda one: one.sequence_number).snapshot_id if shown else None


def digest(arrow):
    """Of all values, whatever the order of the rows."""
    rows = sorted(json.dumps(row, default=str, sort_keys=True) for row in arrow.to_pylist())
    return {"rows": len(rows), "digest": hashlib.sha256("\n".join(rows).encode()).hexdigest()}


def by_postgres(uri, batch):
    catalog = SqlCatalog("riskcluster", uri=uri)
    tables = {}
    for name in names(catalog):
        table = catalog.load_table(name)
        snapshot = shown_at(table, batch)
        tables[name] = digest(table.scan(snapshot_id=snapshot).to_arrow()) if snapshot else {"rows": 0}
    return tables


def by_rest(address, batch):
    catalog = RestCatalog("riskcluster", uri=address, warehouse=str(batch))
    tables = {}
    for name in names(catalog):
        table = catalog.load_table(name)
        tables[name] = digest(table.scan().to_arrow()) if table.current_snapshot() else {"rows": 0}
    return tables


def by_duckdb(address, batch, paths):
    engine = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    for name in ("avro", "httpfs", "iceberg"):
        engine.execute(f"LOAD '{extension(name)}'")
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute(
        f"ATTACH '{batch}' AS lake (TYPE iceberg, ENDPOINT '{address}', AUTHORIZATION_TYPE 'none')"
    )
    by_catalog = engine.execute(SILVER_SUMS + "lake.silver.transactions").fetchone()
    by_files = engine.execute(SILVER_SUMS + "read_parquet(?, hive_partitioning = false)", [paths]).fetchone()
    return {"catalog": list(by_catalog), "files": list(by_files)}


def extension(name):
    """The packages on PyPI bring the extensions as files, so nothing is fetched here."""
    spec = importlib.util.find_spec(f"duckdb_extension_{name}")
    for place in spec.submodule_search_locations:
        for found in sorted(Path(place).rglob(f"{name}.duckdb_extension*")):
            return found
    raise FileNotFoundError(name)


def refused(address):
    from pyiceberg.exceptions import RESTError

    catalog = RestCatalog("riskcluster", uri=address)
    try:
        catalog.create_namespace("mine")
    except (RESTError, NotImplementedError) as failure:
        return str(failure)
    return "it was made"


def at(uri, address, batch):
    silver = SqlCatalog("riskcluster", uri=uri).load_table("silver.transactions")
    paths = [task.file.file_path for task in silver.scan(snapshot_id=shown_at(silver, batch)).plan_files()]
    return {
        "postgres": by_postgres(uri, batch),
        "rest": by_rest(address, batch),
        "duckdb": by_duckdb(address, batch, paths),
        "refused": refused(address),
    }


def main():
    uri, address, *batches = sys.argv[1:]
    print(json.dumps([at(uri, address, int(batch)) for batch in batches]))


main()
