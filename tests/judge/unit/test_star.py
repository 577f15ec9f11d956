"""The star against the contract's words, written out by hand."""

import duckdb
import pyarrow as pa
import pytest

from judge import star_checks
from judge.names import Names
from judge.report import Report
from judge.rules import Rules, Schedule

DAY = 86_400_000_000


def _log(*events, names=None):
    return [
        ("transactions", 0, offset, "c", name, micros, country, band)
        for offset, ((micros, country, band), name) in enumerate(zip(events, names or ["k1:c"] * len(events)))
    ]


def _versions(*events):
    versions, _ = star_checks.expected(_log(*events))
    return [(one["version"], one["valid_from"], one["home_country"], one["worst_band"]) for one in versions]


def _placed(*events):
    """The number of the version to which each event belongs."""
    versions, placed = star_checks.expected(_log(*events))
    number = {one["dim_customer_key"]: one["version"] for one in versions}
    return [number[key] for key in placed.values()]


def test_a_version_begins_where_home_or_worst_band_change_and_only_there() -> None:
    assert _versions((10, "VN", "LOW"), (20, "VN", "MINIMAL"), (30, "US", "LOW"), (40, "US", "LOW"), (50, None, "HIGH")) \
        == [(1, 0, "VN", "LOW"), (2, 50, "VN", "HIGH")]  # fmt: skip
    assert _versions((10, None, "LOW"), (20, "VN", "LOW"), (30, "US", "LOW"), (40, "US", "LOW")) \
        == [(1, 0, None, "LOW"), (2, 20, "VN", "LOW"), (3, 40, "US", "LOW")]  # fmt: skip


def test_only_the_last_twenty_countries_count_and_the_first_by_name_of_several() -> None:
    events = [(n, "VN", "LOW") for n in range(20)] + [(20 + n, "US", "LOW") for n in range(11)]
    assert _versions(*events) == [(1, 0, "VN", "LOW"), (2, 30, "US", "LOW")]
    even = [(n, "VN", "LOW") for n in range(10)] + [(10 + n, c, "LOW") for n, c in enumerate(["US", "DE"] * 5)]
    gone = [(20 + n, country, "LOW") for n, country in enumerate(["FR"] * 5 + ["JP"])]
    assert _versions(*even, *gone) == [(1, 0, "VN", "LOW"), (2, 25, "DE", "LOW")]


def test_what_comes_out_of_order_belongs_to_the_version_that_is_valid_then() -> None:
    assert _placed((100, "VN", "LOW"), (200, "VN", "HIGH"), (150, "VN", "LOW"), (200, "VN", "LOW")) == [1, 2, 1, 2]
    assert _versions((100, "VN", "LOW"), (90, "VN", "HIGH")) == [(1, 0, "VN", "LOW"), (2, 101, "VN", "HIGH")]
    assert _versions((100, "VN", "LOW"), (90, "VN", "HIGH"), (80, "VN", "CRITICAL")) \
        == [(1, 0, "VN", "LOW"), (2, 101, "VN", "HIGH"), (3, 102, "VN", "CRITICAL")]  # fmt: skip
    assert _placed((100, "VN", "LOW"), (90, "VN", "HIGH"), (100, "VN", "LOW"), (101, "VN", "LOW")) == [1, 1, 1, 2]


_LIFE = (100, "VN", "HIGH"), (300, "VN", "CRITICAL"), (200, "US", "LOW"), (150, "US", "LOW"), (400, "US", "LOW")


def _rekeyed() -> Names:
    """The second key from offset 2 on, and in the tables everywhere since."""
    schedule = Schedule(Rules.of({"rules": []}))
    schedule.switch(0, 2, Rules.of({"rules": [], "key_version": 2}))
    return Names(schedule, 2)


def test_a_change_of_key_begins_a_version_that_leads_to_the_former_name_and_takes_what_is_late() -> None:
    versions, placed = star_checks.expected(_log(*_LIFE, names=["k1:c"] * 2 + ["k2:c"] * 3))
    said = [(one["customer_key"], one["version"], one["valid_from"], one["home_country"]) for one in versions]
    assert said == [("k1:c", 1, 0, "VN"), ("k1:c", 2, 300, "VN"), ("k2:c", 3, 301, "VN"), ("k2:c", 4, 400, "US")]
    keys = [one["dim_customer_key"] for one in versions]
    assert [one["former_dim_customer_key"] for one in versions] == [None, None, keys[1], None]
    assert [keys.index(key) for key in placed.values()] == [0, 1, 2, 2, 3]


def test_after_a_rekey_history_is_the_same_under_one_name_and_leads_nowhere() -> None:
    before, _ = star_checks.expected(_log(*_LIFE, names=["k1:c"] * 2 + ["k2:c"] * 3))
    versions, placed = star_checks.expected(_log(*_LIFE, names=["k2:c"] * 5), _rekeyed())
    same = ("version", "valid_from", "home_country", "worst_band", "source_offset")
    assert [[one[name] for name in same] for one in versions] == [[one[name] for name in same] for one in before]
    assert {one["customer_key"] for one in versions} == {"k2:c"}
    keys = [one["dim_customer_key"] for one in versions]
    assert keys == [star_checks.key_of(f"k2:c@{since}") for since in (0, 300, 301, 400)]
    assert [keys.index(key) for key in placed.values()] == [0, 1, 2, 2, 3]
    for former, wrong in ((None, False), (before[1]["dim_customer_key"], False), (keys[1], True)):
        report = Report()
        rows = [{**one, "former_dim_customer_key": former if one["version"] == 3 else None} for one in versions]
        star_checks.check_former(report, rows, _rekeyed())
        assert bool(report.violations) == wrong


def test_keys_are_the_first_bytes_of_a_sha_256() -> None:
    assert star_checks.key_of(None) == 0
    assert star_checks.key_of("abc") == 0xBA7816BF8F01CFEA - 2**64


def test_missing_doubled_and_wrong_members_are_found() -> None:
    wanted, _ = star_checks.expected(_log((10, "VN", "LOW"), (20, "VN", "HIGH")))
    wrong_home = {**wanted[1], "home_country": "US"}
    for rows in ([], wanted[:1], wanted + wanted[:1], [wanted[0], wrong_home], [*wanted, {**wanted[0], "dim_customer_key": 7}]):
        report = Report()
        star_checks.check_members(report, star_checks.CUSTOMER, wanted, rows)
        assert report.violations
    report = Report()
    star_checks.check_members(report, star_checks.CUSTOMER, wanted, wanted)
    assert not report.violations


class _Pinned:
    """A table of the star as the judge gets it."""

    def __init__(self, name, rows):
        self.name, self.snapshot, self._rows = name, 1, rows

    def rows(self, columns):
        return self._rows.select(list(columns))


SILVER = """
SELECT * FROM (VALUES
    ('t0', 'k1:c', 'k1:d', 'LOW', 'VN', 'm1', 0, make_timestamptz(86400000000), 1),
    ('t1', 'k1:c', NULL, 'HIGH', 'VN', NULL, 1, make_timestamptz(86400000001), 2),
    ('t2', 'k1:e', 'k1:d', 'LOW', NULL, 'm1', 2, make_timestamptz(172800000000), 3)
) AS s(transaction_id, customer_key, device_key, band, country, merchant, source_offset, event_time, points),
(SELECT 1.5::DECIMAL(18, 4) AS amount, 'USD' AS currency, 'card' AS payment_method, NULL::DOUBLE AS probability,
    false AS is_late, 'transactions' AS source_topic, 0 AS source_partition)
"""


def _world():
    """Silver, and a star that says the same."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone='UTC'")
    connection.execute(f"CREATE TABLE silver AS {SILVER}")
    connection.execute("CREATE TABLE bronze AS SELECT source_topic AS topic, source_partition AS partition,"
                       ' source_offset AS "offset", customer_key[4:] AS user_id, true AS is_fraud FROM silver')  # fmt: skip
    star_checks._register_expected(connection, star_checks.expected(connection.execute(star_checks._LOG).fetchall())[1])
    tables = {star_checks.FACT: connection.execute(star_checks._facts()).to_arrow_table()}
    versions, _ = star_checks.expected(connection.execute(star_checks._LOG).fetchall())
    for name, rows in {star_checks.CUSTOMER: versions, **star_checks._members(connection)}.items():
        table = pa.Table.from_pylist(rows)
        for time in {"valid_from", "day_start"} & set(table.column_names):
            at = table.column_names.index(time)
            table = table.set_column(at, time, table[time].cast(pa.timestamp("us", "UTC")))
        if name == "gold.dim_country":
            table = table.append_column("name", pa.array(["Vietnam" if row["country"] else None for row in rows]))
        tables[name] = table
    return connection, tables


def _judged(connection, tables, first=None):
    report = Report()
    pinned = {name: _Pinned(name, rows) for name, rows in tables.items()}
    star_checks.check_star(report, connection, pinned, first)
    return {check.name for check in report.checks if check.violations}


def test_a_star_that_says_what_silver_says_is_fine() -> None:
    assert _judged(*_world()) == set()


def test_where_a_row_was_replaced_facts_follow_and_versions_say_what_was_decided_at_first() -> None:
    connection, tables = _world()
    before = tables[star_checks.FACT]
    connection.execute("UPDATE silver SET band = 'LOW', points = 9 WHERE source_offset = 1")
    connection.execute("UPDATE silver SET band = 'CRITICAL', points = 99 WHERE source_offset = 2")
    tables[star_checks.FACT] = connection.execute(star_checks._facts()).to_arrow_table()
    first = {(0, 1): "HIGH", (0, 2): "LOW"}
    assert _judged(connection, tables, first) == set()
    assert "star.dim_customer" in _judged(connection, tables), "without a correction nothing explains it"
    assert "star.dim_customer" in _judged(connection, tables, {(0, 1): "HIGH", (0, 2): "MEDIUM"})
    assert "star.dim_customer" in _judged(connection, tables, {(0, 1): "HIGH"})
    assert "star.facts" in _judged(connection, {**tables, star_checks.FACT: before}, first)
    assert "star.first_bands" in _judged(connection, tables, {**first, (0, 2): None})


@pytest.mark.parametrize("table", sorted(star_checks.DIMENSIONS))
def test_a_key_that_its_dimension_does_not_have_is_found(table) -> None:
    connection, tables = _world()
    tables[table] = tables[table].slice(1)
    assert {"star.keys_hold", table.replace("gold.", "star.")} <= _judged(connection, tables)


def test_a_fact_of_the_wrong_version_or_a_missing_one_is_found() -> None:
    connection, tables = _world()
    facts = tables[star_checks.FACT]
    at = facts.column_names.index("dim_customer_key")
    keys = facts["dim_customer_key"].to_pylist()
    turned = facts.set_column(at, "dim_customer_key", pa.array([keys[1], keys[0], keys[2]]))
    for wrong in (turned, facts.slice(1), pa.concat_tables([facts, facts.slice(0, 1)])):
        assert "star.facts" in _judged(connection, {**tables, star_checks.FACT: wrong})
