"""The star: "dim_customer keeps history ...; a fact points to the version valid at its event time", "keys that hold"."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Deque, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple

import duckdb
import pyarrow as pa

from .first_bands import FirstBands
from .lake import PinnedTable
from .names import Names, version_of
from .report import Report

FACT, CUSTOMER = "gold.fact_transaction", "gold.dim_customer"

#: Each dimension with the key that facts point by, and the other columns.
DIMENSIONS: Dict[str, Tuple[str, Tuple[str, ...]]] = {
    CUSTOMER: ("dim_customer_key", (
        "customer_key", "version", "valid_from", "home_country", "worst_band", "source_topic", "source_partition",
        "source_offset", "former_dim_customer_key")),
    "gold.dim_merchant": ("dim_merchant_key", ("merchant",)),
    "gold.dim_device": ("dim_device_key", ("device_key",)),
    "gold.dim_country": ("dim_country_key", ("country", "name")),
    "gold.dim_date": ("dim_date_key", (
        "day_start", "year", "quarter", "month", "day", "day_of_week", "iso_year", "iso_week", "is_weekend")),
}  # fmt: skip

TABLES = (FACT, *DIMENSIONS)

#: What a fact takes over from silver as it is.
_TAKEN = (
    "transaction_id", "event_time", "amount", "currency", "payment_method", "points", "band", "probability", "is_late",
    "source_topic", "source_partition", "source_offset",
)  # fmt: skip

#: "mode of the last 20"; "of the newest 64 versions".
LAST = 20
VERSIONS_HELD = 64

#: A few that everyone knows; for the others a name must be there.
_NAMES = {"VN": "Vietnam", "US": "United States", "DE": "Germany", "JP": "Japan", "IR": "Iran", "FR": "France"}

_BANDS = ("MINIMAL", "LOW", "MEDIUM", "HIGH", "CRITICAL")
_LOG = """
SELECT s.source_topic, s.source_partition, s.source_offset, coalesce(b.user_id, s.customer_key), s.customer_key,
    epoch_us(s.event_time), s.country, s.band
FROM silver s LEFT JOIN bronze b ON s.source_topic = b.topic AND s.source_partition = b.partition
    AND s.source_offset = b."offset"
ORDER BY s.source_topic, s.source_partition, s.source_offset
"""

Place = Tuple[str, int, int]
Entry = Tuple[str, int, int, str, str, int, Optional[str], str]
Row = Dict[str, Any]


def key_of(text: Optional[str]) -> int:
    """ "The first eight bytes of a SHA-256, as a signed number, highest first"; 0 for nothing."""
    digest = hashlib.sha256(text.encode("utf-8")).digest() if text is not None else bytes(8)
    return int.from_bytes(digest[:8], "big", signed=True)


@dataclass
class Customer:
    """What the log has said of one customer so far."""

    newest: Optional[int] = None
    home: Optional[str] = None
    worst: str = _BANDS[0]
    countries: Deque[str] = field(default_factory=lambda: deque(maxlen=LAST))
    #: The key version of his present pseudonym, how many versions he had, and since when those under it are valid.
    pseudonym: int = 0
    versions: int = 0
    held: List[Tuple[int, int]] = field(default_factory=list)
    former: Optional[int] = None

    def follow(self, name: str, pseudonym: int, micros: int, country: Optional[str], band: str) -> bool:
        """Whether this decision begins a version."""
        if country is not None:
            self.countries.append(country)
        often = Counter(self.countries)
        most = [one for one, times in often.items() if times == max(often.values())]
        home = self.home if self.home in most or not most else min(most)
        worst = max(self.worst, band, key=_BANDS.index)
        renamed = self.newest is not None and pseudonym != self.pseudonym
        begins = self.newest is None or renamed or home != self.home or worst != self.worst
        if begins:
            since = 0 if self.newest is None else max(micros, self.newest + 1, self.held[-1][0] + 1)
            self.former = self.held[-1][1] if renamed else None
            self.held = [*([] if renamed else self.held), (since, key_of(f"{name}@{since}"))]
            self.pseudonym, self.versions = pseudonym, self.versions + 1
        self.newest = micros if self.newest is None else max(self.newest, micros)
        self.home, self.worst = home, worst
        return begins

    def valid_at(self, micros: int) -> int:
        """The key of the version that is valid then; of the newest 64 under his present name the oldest where none is."""
        held = self.held[-VERSIONS_HELD:]
        return max((one for one in held if one[0] <= micros), default=held[0])[1]


def expected(log: Iterable[Entry], names: Optional[Names] = None) -> Tuple[List[Row], Dict[Place, int]]:
    """Every version of every customer, and to which of them each decision belongs. Nothing is said of the way to a former
    name where a rekey has replaced that."""
    customers: Dict[Tuple[str, int, str], Customer] = {}
    versions: List[Row] = []
    placed: Dict[Place, int] = {}
    for topic, number, offset, person, name, micros, country, band in log:
        customer = customers.setdefault((topic, number, person), Customer())
        pseudonym = version_of(name) if names is None else names.decided_under(number, offset)
        if customer.follow(name, pseudonym, micros, country, band):
            since, key = customer.held[-1]
            versions.append({
                "dim_customer_key": key, "customer_key": name, "version": customer.versions, "valid_from": since,
                "home_country": customer.home, "worst_band": customer.worst, "source_topic": topic,
                "source_partition": number, "source_offset": offset,
            })  # fmt: skip
            if names is None or not names.is_renamed(pseudonym):
                versions[-1]["former_dim_customer_key"] = customer.former
        placed[topic, number, offset] = customer.valid_at(micros)
    return versions, placed


def check_star(
    report: Report,
    connection: duckdb.DuckDBPyConnection,
    tables: Mapping[str, PinnedTable],
    first: Optional[FirstBands] = None,
    names: Optional[Names] = None,
) -> None:
    """Facts and dimensions against silver, and against each other. The star may be switched off. Where rows of silver
    were replaced, facts follow, and versions say what was decided at first."""
    made = any(pinned.snapshot is not None for pinned in tables.values())
    report.facts["star"] = "checked" if made else "no table of the star has ever been written: it is off"
    if not made:
        return
    missing = sorted(set(TABLES) - set(tables))
    if not report.check("star.keys_hold").expect(not missing, f"tables of the star are missing: {missing}"):
        return
    for name, pinned in tables.items():
        connection.register(name.removeprefix("gold."), pinned.rows(_columns(name)))
    log = _as_first_decided(report, connection.execute(_LOG).fetchall(), first or {})
    versions, placed = expected(log, names)
    _register_expected(connection, placed)
    _check_same(report, connection, "star.facts", "fact_transaction", _columns(FACT), _facts())
    customers = _rows(connection, CUSTOMER)
    check_members(report, CUSTOMER, versions, customers)
    check_former(report, customers, names)
    for name, wanted in _members(connection).items():
        check_members(report, name, wanted, _rows(connection, name))
    _check_keys(report, connection)


def _as_first_decided(report: Report, log: Iterable[Entry], first: FirstBands) -> Iterator[Entry]:
    """The log with the bands that its decisions had before they were replaced."""
    for entry in log:
        topic, number, offset, *said, band = entry
        if (number, offset) in first:
            band = first[number, offset]
            told = f"{topic}/{number}/{offset} had windows over the limit: its first band cannot be told"
            report.check("star.first_bands").expect(band is not None, told)
        yield topic, number, offset, *said, band or _BANDS[0]


def _columns(table: str) -> Sequence[str]:
    if table == FACT:
        return (*_TAKEN, "is_fraud", *(key for key, _ in DIMENSIONS.values()))
    key, others = DIMENSIONS[table]
    return (key, *others)


def _register_expected(connection: duckdb.DuckDBPyConnection, placed: Mapping[Place, int]) -> None:
    connection.register("placed", pa.table({
        "source_topic": [place[0] for place in placed], "source_partition": [place[1] for place in placed],
        "source_offset": [place[2] for place in placed], "version_key": list(placed.values()),
    }))  # fmt: skip
    said = "SELECT merchant FROM silver UNION SELECT device_key FROM silver UNION SELECT country FROM silver"
    texts = [row[0] for row in connection.execute(said).fetchall() if row[0] is not None]
    kinds = pa.schema([("text", pa.string()), ("key", pa.int64())])
    connection.register("texts", pa.table([texts, [key_of(text) for text in texts]], schema=kinds))


def _facts() -> str:
    """What the facts are by definition."""
    keys = {
        "dim_customer_key": "p.version_key",
        "dim_merchant_key": "coalesce(m.key, 0)",
        "dim_device_key": "coalesce(d.key, 0)",
        "dim_country_key": "coalesce(c.key, 0)",
        "dim_date_key": "strftime(make_timestamp(epoch_us(s.event_time)), '%Y%m%d')::INT",
    }
    columns = [f"s.{name}" for name in _TAKEN] + ["b.is_fraud"] + [f"{said} AS {name}" for name, said in keys.items()]
    return (
        f"SELECT {', '.join(columns)} FROM silver s JOIN placed p USING (source_topic, source_partition, source_offset)"
        ' LEFT JOIN bronze b ON s.source_topic = b.topic AND s.source_partition = b.partition'
        ' AND s.source_offset = b."offset" LEFT JOIN texts m ON s.merchant = m.text'
        " LEFT JOIN texts d ON s.device_key = d.text LEFT JOIN texts c ON s.country = c.text"
    )


def _check_same(
    report: Report, connection: duckdb.DuckDBPyConnection, name: str, table: str, columns: Sequence[str], defined: str
) -> None:
    check = report.check(name)
    found = f"SELECT {', '.join(columns)} FROM {table}"
    for what, one, without in (("is not what silver says", found, defined), ("is missing", defined, found)):
        wrong = f"SELECT source_topic, source_partition, source_offset FROM ({one} EXCEPT ALL {without}) ORDER BY ALL"
        check.violated_all(f"{row[0]}/{row[1]}/{row[2]} {what}" for row in connection.execute(wrong).fetchall())
    check.looked(_count(connection, f"SELECT count(*) FROM {table}"))


def _members(connection: duckdb.DuckDBPyConnection) -> Dict[str, List[Row]]:
    """The rows of the dimensions that are made of silver's values alone."""
    wanted: Dict[str, List[Row]] = {}
    for table, column in (("gold.dim_merchant", "merchant"), ("gold.dim_device", "device_key")):
        wanted[table] = [
            {DIMENSIONS[table][0]: key_of(text), column: text} for text in _distinct(connection, column)
        ]  # fmt: skip
    wanted["gold.dim_country"] = [
        {"dim_country_key": key_of(code), "country": code} for code in _distinct(connection, "country")
    ]
    days = "SELECT DISTINCT (epoch_us(event_time) // 86400000000)::INT - (epoch_us(event_time) % 86400000000 < 0)::INT"
    first = date(1970, 1, 1)
    wanted["gold.dim_date"] = [
        _day(first + timedelta(days=row[0])) for row in connection.execute(f"{days} FROM silver").fetchall()
    ]
    return wanted


def _day(day: date) -> Row:
    iso_year, iso_week, weekday = day.isocalendar()
    return {
        "dim_date_key": day.year * 10_000 + day.month * 100 + day.day,
        "day_start": (day - date(1970, 1, 1)).days * 86_400_000_000, "year": day.year,
        "quarter": (day.month + 2) // 3, "month": day.month, "day": day.day, "day_of_week": weekday,
        "iso_year": iso_year, "iso_week": iso_week, "is_weekend": weekday > 5,
    }  # fmt: skip


def _distinct(connection: duckdb.DuckDBPyConnection, column: str) -> List[Optional[str]]:
    return [row[0] for row in connection.execute(f"SELECT DISTINCT {column} FROM silver").fetchall()]


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> List[Row]:
    """Instants as microseconds."""
    times = {"valid_from", "day_start"}
    columns = ", ".join(f"epoch_us({name}) AS {name}" if name in times else name for name in _columns(table))
    found = connection.execute(f"SELECT {columns} FROM {table.removeprefix('gold.')}")
    return found.to_arrow_table().to_pylist()


def check_members(report: Report, table: str, wanted: Sequence[Row], found: Sequence[Row]) -> None:
    """One dimension: each member once, and what it says."""
    check, once = report.check(table.replace("gold.", "star.")), report.check("star.members_once")
    key = DIMENSIONS[table][0]
    right = {row[key]: row for row in wanted}
    once.expect(len(right) == len(wanted), f"{table}: two members have one key")
    seen = set()
    for row in found:
        once.expect(row[key] not in seen, f"{table}: {row} is there twice")
        seen.add(row[key])
        due = right.get(row[key])
        if check.expect(due is not None, f"{table}: {row} follows from nothing"):
            assert due is not None
            wrong = {name: (row[name], value) for name, value in due.items() if row[name] != value}
            check.expect(not wrong, f"{table}: {row} has, and should have: {wrong}")
            if "name" in row:
                named = row["name"] == _NAMES.get(row["country"], row["name"])
                check.expect(named and (row["name"] is None) == (row["country"] is None), f"{table}: the name of {row}")
    check.violated_all(f"{table}: {right[one]} is missing" for one in right if one not in seen)


def check_former(report: Report, customers: Sequence[Row], names: Optional[Names]) -> None:
    """What a rekey has replaced is led to no more: a customer who came back later may still say where it was."""
    check = report.check("star.former_names")
    keys = {row["dim_customer_key"] for row in customers}
    for row in customers:
        if names is not None and names.is_renamed(version_of(row["customer_key"])):
            check.expect(row["former_dim_customer_key"] not in keys, f"{CUSTOMER}: {row} leads to a former name")


def _check_keys(report: Report, connection: duckdb.DuckDBPyConnection) -> None:
    """Every fact's key is found in its dimension, once."""
    check = report.check("star.keys_hold")
    for table, (key, _) in DIMENSIONS.items():
        name = table.removeprefix("gold.")
        lost = f"SELECT {key}, count(*) FROM fact_transaction ANTI JOIN {name} USING ({key}) GROUP BY {key} ORDER BY ALL"
        rows = connection.execute(lost).fetchall()
        check.violated_all(f"{row[1]} facts point to {row[0]}, which {table} does not have" for row in rows)
        facts = "SELECT count(*) FROM fact_transaction"
        joined = _count(connection, f"{facts} JOIN {name} USING ({key})")
        kept = _count(connection, f"{facts} SEMI JOIN {name} USING ({key})")
        check.expect(joined == kept, f"joined with {table}, {kept} facts become {joined}")
        pointed = f"SELECT count(*) FROM {name} ANTI JOIN fact_transaction USING ({key})"
        if table != CUSTOMER:
            idle = _count(connection, pointed)
            check.expect(idle == 0, f"{table} has {idle} members to which no fact points")


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
