import json

from stats.defaults import INDICATORS, PARTS, SHARES, STATISTICS_TEMPLATE
from stats.specs import check_specs
from tests.shared import SHARED, needs_shared

KEYS = {spec.key: spec for spec in INDICATORS}


def test_the_definitions_are_sound_and_each_stands_once():
    assert check_specs(INDICATORS) == []
    assert len(KEYS) == len(INDICATORS)


def test_every_indicator_is_grouped_and_labelled():
    assert {spec.group for spec in INDICATORS} == {"办件", "咨询", "服务", "评价"}
    assert len({spec.label for spec in INDICATORS}) == len(INDICATORS)


def test_relations_name_indicators():
    related = [*PARTS, *SHARES]
    for others in (*PARTS.values(), *SHARES.values()):
        related.extend(others)
    assert set(related) <= set(KEYS)


def test_rates_are_ratios_of_sums_over_windows_and_months():
    entered = [spec for spec in INDICATORS if spec.unit in {"%", "天"} and not spec.formula]
    assert entered
    assert {(spec.over_windows, spec.over_months) for spec in entered} == {("ratio", "ratio")}


@needs_shared
def test_the_scale_and_precision_are_those_of_the_printed_issue():
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    section = issue["sections"][0]
    assert section["sentence_template"] == STATISTICS_TEMPLATE
    for stat in section["stats"]:
        spec = KEYS[stat["key"]]
        assert spec.printed(0).lstrip("0.") == stat["unit"]
        assert (spec.decimals, spec.unit) == (stat["decimals"], stat["base_unit"])
