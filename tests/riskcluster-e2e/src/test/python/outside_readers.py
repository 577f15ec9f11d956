"""Reads silver.transactions as two outside engines see it and prints what they saw as one JSON object.

Arguments: the catalog's database as an SQLAlchemy URI, the warehouse.
"""
import json
import sys

import duckdb
import duckdb_extension_avro  # noqa: F401  the extensions' files come with these packages
import duckdb_extension_iceberg  # noqa: F401
from pyiceberg.catalog.sql import SqlCatalog


def by_pyiceberg(table):
    rows = table.scan().to_arrow()
    return {
        "rows": rows.num_rows,
        "amount": str(sum(value.as_py() for value in rows["amount"])),
        "offsets": sorted(value.as_py() for value in rows["source_offset"]),
        "rules": [[fired["rule"] for fired in row.as_py()] for row in rows["fired_rules"]],
        "columns": rows.column_names,
    }


def by_duckdb(table):
    paths = [task.file.file_path for task in table.scan().plan_files()]
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    count, amount, first = connection.execute(
        "SELECT count(*), sum(amount), min(event_time)::VARCHAR FROM read_parquet(?, hive_partitioning = false)",
        [paths],
    ).fetchone()
    return {"rows": count, "amount": str(amount), "first": first}


def main():
    catalog = SqlCatalog("riskcluster", uri=sys.argv[1], warehouse=sys.argv[2])
    table = catalog.load_table("silver.transactions")
    summary = table.current_snapshot().summary
    print(json.dumps({
        "tables": sorted(".".join(name) for space in ("bronze", "silver") for name in catalog.list_tables(space)),
        "comment": table.properties["comment"],
        "undocumented": [field.name for field in table.schema().fields if not field.doc],
        "partitioned": [str(field.transform) for field in table.spec().fields],
        "batch": summary["rc.batch-id"],
        "offsets": summary["rc.offsets"],
        "pyiceberg": by_pyiceberg(table),
        "duckdb": by_duckdb(table),
    }))


main()
