"""JSON: every dump is what the published schema says."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from bulletin.document import Definition, FigureRecord, Period, RestatementRecord, VisitRecord
from bulletin.renderers import FORMATS, data
from tests.bulletin.documents import DOCUMENTS, february, small
from tests.shared import needs_shared

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "docs" / "schema" / "issue.schema.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def faults(document):
    return [fault.message for fault in VALIDATOR.iter_errors(json.loads(data.render(document)))]


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@needs_shared
def test_the_february_issue_follows_the_schema():
    assert faults(february()) == []


@settings(max_examples=50, deadline=None)
@given(DOCUMENTS)
def test_every_issue_follows_the_schema(document):
    assert faults(document) == []


def test_figures_and_visits_follow_the_schema():
    visits = (VisitRecord("方伯成", "厅长", "商务厅"),)
    figures = (FigureRecord("mailed", "邮寄", "件", 600, 550, 650, "0.06万件"),)
    assert faults(small(visits=visits, figures=figures)) == []


def test_definitions_and_restatements_follow_the_schema():
    defined = Definition(10_000, 2, note="在大厅交寄的。")
    figure = FigureRecord("mailed", "邮寄", "件", 6, 6, 6, "0.00万件", None, defined, 31)
    told = RestatementRecord(Period(2025, 2), "0.06万件", figure, "补报")
    assert faults(small(figures=(figure,), restatements=(told,))) == []


@pytest.mark.parametrize("missing", SCHEMA["required"])
def test_the_schema_finds_what_is_missing(missing):
    found = json.loads(FORMATS["json"].render(small("甲")))
    del found[missing]
    assert not VALIDATOR.is_valid(found)
