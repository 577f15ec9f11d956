#!/usr/bin/env python3
"""Asks RiskCluster's tables from outside: PyIceberg finds the files of one batch, DuckDB reads them.

A template to start from: replace KPI by your own question. Nothing here writes.

Needs: pip install "pyiceberg[pyarrow,sql-postgres]" duckdb

Through a node's REST catalog (read-only, on the node's HTTP port):
    tools/query_iceberg.py --rest http://127.0.0.1:8080/iceberg
    tools/query_iceberg.py --rest http://127.0.0.1:8080/iceberg --batch 42          # a batch, tag or time
Straight through the Postgres catalog (the address that `riskcluster dev` prints):
    tools/query_iceberg.py --postgres postgresql+psycopg2://postgres@127.0.0.1:5432/riskcluster
    tools/query_iceberg.py --postgres ... --sql "select count(*) from transactions"

A warehouse in an S3 store: give PyIceberg and DuckDB the same endpoint and credentials by --property, for example
    --property s3.endpoint=https://s3.example.org --property s3.access-key-id=... --property s3.secret-access-key=...
DuckDB itself then needs its httpfs extension and a secret; see docs/reading.md.
"""
import argparse
import sys

import duckdb
from pyiceberg.catalog.rest import RestCatalog
from pyiceberg.catalog.sql import SqlCatalog

# The last 30 days that the table has, one row a day.
KPI = """
SELECT make_timestamp(epoch_us(event_time))::DATE AS day,
       count(*) AS transactions,
       sum(amount) AS revenue,
       round(avg(CASE WHEN band IN ('MEDIUM', 'HIGH', 'CRITICAL') THEN 100 ELSE 0 END), 3) AS alert_percent,
       count(DISTINCT customer_key) AS customers
FROM transactions
WHERE event_time > (SELECT max(event_time) FROM transactions) - INTERVAL 30 DAY
GROUP BY day ORDER BY day
"""


def catalog(options):
    """The catalog by whichever way was asked for; with --batch every table is as it was at that batch."""
    properties = dict(pair.split("=", 1) for pair in options.property)
    if options.rest:
        if options.batch:
            properties["warehouse"] = options.batch
        return RestCatalog("riskcluster", uri=options.rest, **properties)
    # The name is part of the catalog's key in Postgres: it must be riskcluster.
    return SqlCatalog("riskcluster", uri=options.postgres, **properties)


def snapshot_of(table, batch):
    """The snapshot that shows the table at this batch: the newest whose batch is not a later one."""
    shown = [one for one in table.snapshots() if int(one.summary["rc.batch-id"]) <= batch]
    return max(shown, key=lambda one: one.sequence_number).snapshot_id if shown else None


def files(table, batch):
    snapshot = snapshot_of(table, batch) if batch is not None else None
    return [task.file.file_path for task in table.scan(snapshot_id=snapshot).plan_files()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--rest", metavar="URL", help="the node's REST catalog")
    way.add_argument("--postgres", metavar="URI", help="the catalog's database as an SQLAlchemy URI")
    parser.add_argument("--table", default="silver.transactions", help="default: %(default)s")
    parser.add_argument("--batch", help="another batch than the newest; with --postgres its number only")
    parser.add_argument("--sql", default=KPI, help="the table's own name, without namespace, is the view's")
    parser.add_argument("--property", action="append", default=[], metavar="NAME=VALUE", help="of PyIceberg's catalog")
    options = parser.parse_args()

    table = catalog(options).load_table(options.table)
    pinned = int(options.batch) if options.batch and options.postgres else None
    paths = files(table, pinned)
    if not paths:
        sys.exit(f"{options.table} has no rows at this batch")
    engine = duckdb.connect()
    engine.execute("SET TimeZone = 'UTC'")
    name = options.table.split(".")[-1]
    # The batch's files are named one by one: a look into the folder would find files of no batch, or of several.
    engine.read_parquet(paths, hive_partitioning=False, union_by_name=True).create_view(name)
    print(rows(engine.sql(options.sql)))


def rows(answer):
    lines = ["\t".join(answer.columns)]
    lines += ["\t".join("" if value is None else str(value) for value in row) for row in answer.fetchall()]
    return "\n".join(lines)


main()
