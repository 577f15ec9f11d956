"""The command's exit status and its report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, List

import pytest

import sample
from judge import cli, kafka, lake
from world import World, input_log


@pytest.fixture()
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    world = World(tmp_path, input_log(30))
    world.write()
    topics = {"transactions": world.input, "alerts": world.alerts, "transactions.dlq": world.letters}
    monkeypatch.setattr(kafka, "read_topic", lambda bootstrap, topic: topics[topic])
    (tmp_path / "key").write_bytes(b"a key for tests")

    def run(*more: str, database: str = f"sqlite:///{tmp_path}/lake/catalog.db") -> int:
        said: List[str] = ["--bootstrap", "none:1", "--postgres", database, "--rules", str(sample.RULES)]
        return cli.main(said + ["--hmac-key-file", str(tmp_path / "key"), *more])

    run.world = world  # type: ignore[attr-defined]
    return run


def test_a_sound_world_is_fine_in_every_way_of_asking(command: Any, capsys: pytest.CaptureFixture) -> None:
    assert command("--expect-drained", "--duckdb", "--json") == cli.FINE
    report = json.loads(capsys.readouterr().out)
    assert report["verdict"] == "fine"
    assert {"duckdb.files", "drained", "silver.features"} <= {check["name"] for check in report["checks"]}


def test_a_fault_is_reported_with_where_it_is(command: Any, capsys: pytest.CaptureFixture) -> None:
    lost = command.world.alerts[0].pop()
    assert command() == cli.VIOLATIONS
    said = capsys.readouterr().out
    assert "FAIL alerts.none_missing" in said and dict(lost.headers)["ce_id"].decode() in said


def test_another_key_or_cluster_is_a_violation(command: Any) -> None:
    assert command("--cluster", "other") == cli.VIOLATIONS
    assert command("--key-version", "2") == cli.VIOLATIONS


def test_usage_and_unreachable_have_their_own_status(command: Any, tmp_path: Path) -> None:
    assert command("--rules", str(tmp_path / "none.json")) == cli.USAGE
    assert command("--catalog", "none") == cli.UNREACHABLE
    with pytest.raises(SystemExit) as stop:
        cli.main(["--no-such-option"])
    assert stop.value.code == cli.USAGE


def test_urls_of_postgres_are_read_in_three_ways() -> None:
    wanted = "postgresql+psycopg2://me:secret@host:5433/data"
    for dsn in (
        "host=host port=5433 user=me password=secret dbname=data",
        "postgresql://me:secret@host:5433/data",
        "jdbc:postgresql://host:5433/data?user=me&password=secret",
    ):
        assert lake.engine_url(dsn) == wanted


@pytest.mark.parametrize("form, content", [("raw", b"key"), ("hex", b"6b6579\n"), ("base64", b"a2V5\n")])
def test_the_key_is_read_as_it_is_written(form: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "k").write_bytes(content)
    assert cli.key_of(tmp_path / "k", form) == b"key"
