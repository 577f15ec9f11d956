"""Sums every table up at one batch and prints what was seen as JSON, each column by its name.

  plan POSTGRES BATCH          what PyIceberg and DuckDB see, with the snapshot that each table shows at the batch
  spark PLAN JAR CATALOG...    what Spark sees; a catalog is REST=address,batch or JDBC=url,user,password
  trino PLAN SERVER CATALOG... what Trino sees; a catalog is its name there

A catalog that is pinned to the batch by itself is read as it is; the others at the plan's snapshots.
"""
import json
import sys

import duckdb
import trino
from pyiceberg.catalog.sql import SqlCatalog
from pyspark.sql import SparkSession

from engines import sums


def plan(uri, batch):
    catalog = SqlCatalog("riskcluster", uri=uri)
    tables = {}
    for space in ("bronze", "silver", "gold"):
        for name in catalog.list_tables(space):
            table = catalog.load_table(name)
            shown = [one for one in table.snapshots() if int(one.summary["rc.batch-id"]) <= int(batch)]
            if shown:
                snapshot = max(shown, key=lambda one: one.sequence_number).snapshot_id
                tables[".".join(name)] = planned(table, snapshot)
    return tables


def planned(table, snapshot):
    engine = duckdb.connect()
    engine.execute("SET TimeZone = 'UTC'")
    engine.register("rows", table.scan(snapshot_id=snapshot).to_arrow())
    summed = sums.columns(table.schema())
    row = engine.execute(sums.statement("duckdb", "rows", summed)).fetchone()
    return {"snapshot": snapshot, "columns": summed, "seen": named(summed, row)}


def named(summed, row):
    seen = {"rows": row[0]}
    for n, (path, _) in enumerate(summed):
        seen[".".join(path)] = [row[1 + 2 * n], row[2 + 2 * n]]
    return seen


def read(file):
    with open(file, encoding="utf-8") as text:
        return json.load(text)


def by_spark(file, jar, *catalogs):
    builder = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", jar)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
    )
    for catalog in catalogs:
        way, _, address = catalog.partition("=")
        for key, value in spark_catalog(way, address).items():
            builder = builder.config(key, value)
    engine = builder.getOrCreate()
    engine.sparkContext.setLogLevel("ERROR")
    return {
        way: {
            name: named(
                table["columns"],
                engine.sql(sums.statement("spark", source(way, name, table), table["columns"])).first(),
            )
            for name, table in read(file).items()
        }
        for way in (catalog.partition("=")[0] for catalog in catalogs)
    }


def source(way, name, table):
    space, short = name.split(".")
    return f"rest.{space}.{short}" if way == "REST" else f"riskcluster.{space}.{short} VERSION AS OF {table['snapshot']}"


def spark_catalog(way, address):
    """The JDBC catalog is found by its own name, which is part of the key of its rows."""
    if way == "REST":
        uri, warehouse = address.split(",")
        name, own = "rest", {"type": "rest", "uri": uri, "warehouse": warehouse}
    else:
        uri, user, password = address.split(",")
        own = {"catalog-impl": "org.apache.iceberg.jdbc.JdbcCatalog", "uri": uri, "jdbc.user": user}
        own |= {"jdbc.password": password, "jdbc.schema-version": "V1", "warehouse": "file:/not-written"}
        name = "riskcluster"
    prefix = f"spark.sql.catalog.{name}"
    return {prefix: "org.apache.iceberg.spark.SparkCatalog"} | {f"{prefix}.{key}": value for key, value in own.items()}


def by_trino(file, server, *catalogs):
    host, _, port = server.partition(":")
    cursor = trino.dbapi.connect(host=host, port=int(port), user="reader").cursor()
    seen = {}
    for catalog in catalogs:
        seen[catalog] = {}
        for name, table in read(file).items():
            at = "" if catalog == "rest" else f" FOR VERSION AS OF {table['snapshot']}"
            cursor.execute(sums.statement("trino", f"{catalog}.{name}{at}", table["columns"]))
            seen[catalog][name] = named(table["columns"], cursor.fetchone())
    return seen


def main():
    ways = {"plan": plan, "spark": by_spark, "trino": by_trino}
    print(json.dumps(ways[sys.argv[1]](*sys.argv[2:])))


main()
