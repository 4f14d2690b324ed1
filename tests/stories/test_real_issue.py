"""The real issue of February 2025, read from its text and printed again."""

from __future__ import annotations

import json

import pytest

from bulletin.assembly import build_document, collect
from bulletin.composing import submission_text
from bulletin.importing import import_issue
from bulletin.models import Entry, Issue
from bulletin.proofreading.parsed import ParseError
from bulletin.readiness import check_issue
from bulletin.renderers import FORMATS
from bulletin.renderers.extract import extract
from stats.models import Figure, Indicator, MonthlyReport
from tests.shared import SHARED, needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]


@pytest.fixture(scope="module")
def canon():
    return json.loads((SHARED / "data" / "issue-2025-02.json").read_text(encoding="utf-8"))


@pytest.fixture
def issue():
    return import_issue((SHARED / "data" / "issue-2025-02.txt").read_bytes()).issue


def canonical_lines(canon):
    lines = list(canon["masthead"]["lines_print"])
    for section in canon["sections"]:
        lines.append(section["heading_print"])
        lines += section["paragraphs"] + [item["text_print"] for item in section["items"]]
    return [
        *lines,
        canon["colophon"]["report"]["text_print"],
        canon["colophon"]["send"]["text_print"],
    ]


def test_the_printed_text_is_the_canonical_one(canon, issue):
    assert [line.text for line in build_document(issue).lines()] == canonical_lines(canon)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_gives_the_canonical_text_and_the_same_bytes_twice(canon, issue, name):
    document = build_document(issue)
    data = FORMATS[name].render(document)
    assert extract(name, data) == canonical_lines(canon)
    assert FORMATS[name].render(document) == data


def test_figures_keep_the_precision_of_their_print(canon, issue):
    printed = {f.indicator.key: (f.low, f.high) for f in Figure.objects.select_related("indicator")}
    assert printed == {
        row["key"]: (row["low"], row["high"]) for row in canon["sections"][0]["stats"]
    }


def test_the_paragraph_regenerates_from_integers_windows_entered(canon, issue):
    """Integers within the printed precision, spread over three windows' reports."""
    MonthlyReport.objects.all().delete()
    whole = {
        "online_accepted": 37_903, "online_completed": 38_311, "counter_accepted": 1_418,
        "counter_issued": 1_296, "mailed": 604, "consult_phone": 822, "consult_onsite": 3_990,
    }  # fmt: skip
    centre = issue.centre
    department = centre.department_set.create(short_name="商务厅", official_name="商务厅")
    for part in range(3):
        window = centre.servicewindow_set.create(department=department, name=f"窗口{part}")
        report = MonthlyReport.objects.create(
            centre=centre, window=window, year=2025, month=2, state="confirmed"
        )
        for key, value in whole.items():
            share = value // 3 if part else value - 2 * (value // 3)
            Figure.objects.create(
                report=report, indicator=Indicator.objects.get(key=key), value=share
            )
    collect(issue, by=None)
    entry = issue.entries.get(kind=Entry.Kind.NARRATIVE)
    assert entry.composed == canon["sections"][0]["paragraphs"][0]


def test_visit_leads_and_the_merged_sentence_regenerate_from_records(canon, issue):
    texts = [item["text"] for item in canon["sections"][4]["items"]]
    entries = issue.entries.filter(section__key="leader_visits").order_by("position")
    composed = [submission_text(entry.sources.get().submission) for entry in entries]
    assert composed == texts


def test_names_posts_and_departments_of_visitors_are_kept(canon, issue):
    wanted = [
        (person["department"], person["position"], person["name"])
        for item in canon["sections"][4]["items"]
        for person in item["visitors"]
    ]
    visits = build_document(issue).visits
    assert [(v.department, v.post, v.name) for v in visits] == wanted


def test_a_second_import_is_refused_and_leaves_everything_as_it_was(issue):
    before = build_document(issue)
    with pytest.raises(ParseError, match="已经在库里"):
        import_issue((SHARED / "data" / "issue-2025-02.txt").read_bytes())
    assert Issue.objects.count() == 1
    assert build_document(issue) == before


def test_nothing_in_the_printed_issue_blocks(issue):
    assert [p for p in check_issue(issue) if p.severity == "block"] == []


def test_proofreading_finds_just_the_one_true_slip(issue):
    hits = [p for p in check_issue(issue) if p.code.startswith("rule-")]
    assert [hit.code for hit in hits] == ["rule-29"]
