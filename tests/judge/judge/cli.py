"""The judge as a command."""

from __future__ import annotations

import argparse
import base64
import gc
import sys
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Union

from . import kafka, lake
from .avro import Schemas
from .columns import Pseudonyms
from .duck import check_duckdb
from .handbook import check_handbook
from .kafka import Unreachable
from .kept_checks import check_left_over
from .produced import check_produced, read_produced
from .report import Report
from .rules import Rules, Schedule
from .store import Store
from .trial import Evidence, Law, judge

FINE, VIOLATIONS, USAGE, UNREACHABLE = 0, 1, 2, 3

_EPILOG = """exit status: 0 fine, 1 violations, 2 usage, 3 Kafka, Postgres or the warehouse cannot be reached.
example: python -m judge --bootstrap localhost:9092 --postgres postgresql://postgres@localhost:5432/riskcluster
             --hmac-key-file hmac.key --rules default.json --expect-drained --duckdb"""


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    found = argparse.ArgumentParser(
        "judge",
        description="Decides whether what RiskCluster left in Kafka and Iceberg is what the contract says.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = found.add_argument
    add("--bootstrap", required=True, metavar="HOST:PORT", help="Kafka")
    add("--postgres", required=True, metavar="DSN", help="the catalog's database, as URL or in libpq's words")
    add("--hmac-key-file", required=True, type=Path, metavar="FILE", help="the key of the pseudonyms")
    add("--hmac-key-format", choices=("raw", "hex", "base64"), default="raw", help="how the key is written in it")
    add("--key-version", type=int, default=1, metavar="N", help="the version of that key (1)")
    add("--rekeyed", type=int, metavar="N", help="the tables were rekeyed to this version")
    add("--rules", required=True, type=Path, metavar="FILE", help="the rule file (JSON) in force from the start")
    add("--switch", action="append", default=[], metavar="PARTITION:OFFSET:FILE",
        help="from this offset of the partition on, the rules of FILE; may be repeated")  # fmt: skip
    add("--corrected", action="append", default=[], metavar="PARTITION:FROM:TO:FILE",
        help="silver's rows [FROM, TO) were replaced by what the rules of FILE say, or by those of the time without FILE;"
        " may be repeated, later ones win")  # fmt: skip
    add("--topic", default="transactions", help="the input topic (transactions)")
    add("--alerts", default="alerts", help="the alert topic (alerts)")
    add("--anomalies", metavar="TOPIC", help="the topic of anomalies, where it is to be looked at")
    add("--dlq", default=None, help="the DLQ (<topic>.dlq)")
    add("--catalog", default="riskcluster", help="catalog_name in iceberg_tables (riskcluster)")
    add("--cluster", default="dev", help="the cluster's name in ce_source (dev)")
    add("--schemas", type=Path, metavar="FOLDER", help="Avro schemas, <id>.avsc")
    add("--batch", type=int, metavar="N", help="pin this batch (the newest)")
    add("--expect-drained", action="store_true", help="the batch must cover the input to its end")
    add("--running", action="store_true",
        help="the nodes are at work: what the newest batch and the topics do not have yet is not missing")  # fmt: skip
    add("--handbook", type=Path, metavar="FILE", help="the input must be the rows of this handbook file")
    add("--s3-endpoint", metavar="URL", help="where the warehouse's S3 store is; none: Amazon's own, or a local warehouse")
    add("--s3-region", default="us-east-1", metavar="NAME", help="the region of its bucket (us-east-1)")
    add("--s3-credentials", type=Path, metavar="FILE", help="the store's credentials, as Amazon's shared credentials file")
    add("--produced", type=Path, metavar="FILE", help="the producer's own log: partition,offset,crc32 of key and of value")
    add("--nothing-left-over", type=float, metavar="MINUTES",
        help="after maintenance: no older file that nothing refers to, but for those that wait to be deleted")  # fmt: skip
    add("--duckdb", action="store_true", help="count and sum once more with DuckDB")
    add("--json", action="store_true", help="print the report as JSON")
    return found


#: "A first line that says so, then on each line a version and its key in hexadecimal digits".
_SEVERAL = b"riskcluster pseudonym keys"


def key_of(path: Path, form: str) -> Union[bytes, Dict[int, bytes]]:
    """The bytes of the key; of several by version."""
    content = path.read_bytes()
    if content.splitlines()[:1] == [_SEVERAL]:
        lines = [line.split() for line in content.decode("ascii").splitlines()[1:]]
        return {int(line[0]): bytes.fromhex(line[1]) for line in lines if line and not line[0].startswith("#")}
    if form == "hex":
        return bytes.fromhex(content.decode("ascii").strip())
    return base64.b64decode(content, validate=False) if form == "base64" else content


def schedule_of(rules: Path, switches: List[str], corrections: Sequence[str] = ()) -> Schedule:
    """The rules, their switches and corrections."""
    found = Schedule(Rules.read(rules))
    for switch in switches:
        partition, offset, file = switch.split(":", 2)
        found.switch(int(partition), int(offset), Rules.read(Path(file)))
    for correction in corrections:
        partition, start, end, file = correction.split(":", 3)
        found.correct(int(partition), int(start), int(end), Rules.read(Path(file)) if file else None)
    return found


def main(arguments: Optional[List[str]] = None) -> int:
    """Runs the command; the exit status."""
    options = parser().parse_args(arguments)
    gc.disable()  # millions of values and no cycles among them: looking for some would double the time
    try:
        key = key_of(options.hmac_key_file, options.hmac_key_format)
        keys = Pseudonyms(key, options.key_version, options.rekeyed)
        schedule = schedule_of(options.rules, options.switch, options.corrected)
        avro = Schemas.read(options.schemas).decode if options.schemas else None
        store = Store.read(options.s3_endpoint, options.s3_region, options.s3_credentials)
    except (OSError, ValueError, KeyError) as error:
        print(f"judge: {error}", file=sys.stderr)
        return USAGE
    report = Report()
    try:
        # before everything else: what the producer was told is in what is read later, while nodes run
        produced = read_produced(options.produced) if options.produced else None
    except (OSError, ValueError, IndexError) as error:
        print(f"judge: {error}", file=sys.stderr)
        return USAGE
    try:
        catalog = lake.open_catalog(options.postgres, options.catalog, store.properties())
        waiting = lake.waiting_deletions(catalog)
        pin = lake.pin(lake.load(catalog), options.batch)
        letters = kafka.read_topic(options.bootstrap, options.dlq or f"{options.topic}.dlq")
        alerts = kafka.read_topic(options.bootstrap, options.alerts)
        anomalies = kafka.read_topic(options.bootstrap, options.anomalies) if options.anomalies else None
        log = kafka.read_topic(options.bootstrap, options.topic)
    except Unreachable as error:
        print(f"judge: {error}", file=sys.stderr)
        return UNREACHABLE
    evidence = Evidence(options.topic, pin, alerts, letters, log, anomalies)
    law = Law(schedule, keys, options.cluster, avro)
    totals = judge(evidence, law, report, options.expect_drained, options.running)
    if options.handbook:
        check_handbook(report, options.handbook, log)
    if produced is not None:
        limits = pin.offsets(options.topic) if options.running else None
        check_produced(report, produced, log, pin, limits)
    if options.nothing_left_over is not None:
        check_left_over(report, pin, options.nothing_left_over, waiting)
    if options.duckdb:
        check_duckdb(report, pin, totals, store)
    print(report.as_json() if options.json else report.as_text())
    return VIOLATIONS if report.violations else FINE
