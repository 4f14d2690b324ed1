"""The auditor's view: narrowed by what the address says, exported as it stands."""

from __future__ import annotations

import csv
import io

import pytest

from bulletin.models import Trail
from bulletin.moves import leave_trail
from tests.newsroom import Newsroom, url


@pytest.fixture
def rows(house):
    rows = Newsroom(house)
    assert rows.edition
    return rows


@pytest.fixture
def audit(client, house):
    client.force_login(house.auditor)
    return client


def shown(audit, **query):
    page = audit.get(url("trail_changelist"), query)
    assert page.status_code == 200
    return list(page.context["cl"].queryset)


def exported(audit, **query):
    answer = audit.get(url("trail_export"), query)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_rows_of_an_issue_are_its_entries_items_and_proofs_together(audit, rows):
    found = {(row.subject, row.action) for row in shown(audit, of=f"issue:{rows.issue.pk}")}
    assert found == {
        ("submission", "submit"),
        ("submission", "claim"),
        ("submission", "accept"),
        ("issue", "open_issue"),
        ("issue", "collect"),
        ("issue", "particulars"),
        ("issue", "send_proof"),
        ("edition", "freeze"),
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"subject": "edition"}, {"freeze"}),
        ({"deed": "issue.send_proof"}, {"send_proof"}),
        ({"q": "第2期", "subject": "edition"}, {"freeze"}),
        ({"since": "2000-01-01", "until": "2000-01-31"}, set()),
        ({"since": "2000-01-01", "until": "2199-01-31", "subject": "edition"}, {"freeze"}),
        ({"of": "nonsense"}, set()),
    ],
)
def test_it_is_narrowed_by_kind_deed_words_and_period(audit, rows, query, wanted):
    assert {row.action for row in shown(audit, **query)} == wanted


def test_it_is_narrowed_to_a_person(audit, rows, house):
    mine = shown(audit, who=str(house.clerk.pk))
    assert {row.action for row in mine} == {"submit"}
    assert shown(audit, who="nobody") == []


def test_the_export_is_what_the_list_shows_oldest_first(audit, rows):
    lines = exported(audit, subject="issue")
    assert [line["做了什么"] for line in lines] == ["开新一期", "收集条目", "改期号、日期", "送签"]
    assert [int(line["序号"]) for line in lines] == sorted(int(line["序号"]) for line in lines)
    digests = Trail.objects.filter(subject="issue").order_by("serial")
    assert [line["指纹"] for line in lines] == [row.digest for row in digests]


@pytest.mark.parametrize("words", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_export_runs(audit, house, words):
    leave_trail(house.publication, "change", by=house.editor, note=words)
    (line,) = exported(audit)
    assert line["理由"].startswith("'")


def test_the_export_asks_as_often_for_one_row_as_for_many(
    audit, house, django_assert_max_num_queries
):
    for _again in range(30):
        leave_trail(house.publication, "change", by=house.editor)
    with django_assert_max_num_queries(12):
        assert len(exported(audit)) == 30
