"""Reads silver.transactions, which has got a column, as PyIceberg and DuckDB see it; prints one JSON object.

Arguments: the catalog's database as an SQLAlchemy URI, the warehouse.
"""
import importlib.resources
import json
import sys

import duckdb
from pyiceberg.catalog.sql import SqlCatalog


def by_pyiceberg(table, snapshot=None):
    rows = table.scan(selected_fields=("source_offset", "channel"), snapshot_id=snapshot).to_arrow().to_pylist()
    return [row["channel"] for row in sorted(rows, key=lambda row: row["source_offset"])]


def place_of(table):
    return table.metadata_location.removeprefix("file://")


def by_duckdb(table):
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    for name in ("avro", "iceberg"):
        folder = importlib.resources.files(f"duckdb_extension_{name}")
        place = next(path for path in folder.rglob(f"{name}.duckdb_extension"))
        connection.execute(f"LOAD '{place}'")
    rows = connection.execute(
        f"SELECT channel FROM iceberg_scan('{place_of(table)}') ORDER BY source_offset"
    ).fetchall()
    return [row[0] for row in rows]


def main():
    table = SqlCatalog("riskcluster", uri=sys.argv[1], warehouse=sys.argv[2]).load_table("silver.transactions")
    field = table.schema().find_field("channel")
    print(json.dumps({
        "id": field.field_id,
        "required": field.required,
        "pyiceberg": by_pyiceberg(table),
        "duckdb": by_duckdb(table),
    }))


main()
