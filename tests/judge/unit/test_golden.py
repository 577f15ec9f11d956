"""The committed golden file is what the sample writes today."""

import gzip
import json

import sample


def test_the_golden_file_is_up_to_date() -> None:
    with gzip.open(sample.GOLDEN, "rt", encoding="utf-8") as golden:
        assert golden.read().splitlines() == list(sample.lines())


def test_the_golden_file_holds_every_kind_of_outcome() -> None:
    outcomes = [json.loads(line)["expect"] for line in sample.lines()]
    rejected = [one["reason"] for one in outcomes if one["disposition"] == "rejected"]
    decided = [one["decision"] for one in outcomes if one["disposition"] == "decided"]
    assert len(set(rejected)) >= 10
    assert {one["band"] for one in decided} == {"CRITICAL", "HIGH", "MEDIUM", "LOW", "MINIMAL"}
    assert len({fired["rule"] for one in decided for fired in one["fired"]}) == 7
    assert sum(one["late"] for one in decided) > 200
    assert sum(one["disposition"] == "duplicate" for one in outcomes) > 80
