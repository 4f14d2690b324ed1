"""A submission much like another, or telling a thing with another number, says so."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletin.lookalikes import lookalikes
from bulletin.models import Issue
from tests.factories import EntryFactory, House, IssueFactory, SectionFactory
from tests.newsroom import TEXT, Newsroom, url

DESK = "2月18日，商务厅窗口开设外资企业服务专席，配备双语人员2名。"
OTHER = "2月5日，省气象局把气候可行性论证纳入区域评估，企业拿地即可使用成果。"


def printed(house: House, text: str, *, year: int = 2026, month: int = 1):
    issue = IssueFactory(publication=house.publication, year=year, month=month)
    return EntryFactory(section=SectionFactory(issue=issue), text=text)


def page(client, row) -> str:
    return client.get(url("submission_change", row.pk)).content.decode()


def test_another_submission_of_the_month_is_named_with_a_link(client, rows, house):
    row, twin = rows.submitted(), rows.submitted()
    rows.submitted(handed_in=OTHER)
    client.force_login(house.editor)
    shown = page(client, row)
    assert f'<a href="{url("submission_change", twin.pk)}">' in shown
    assert "相似100%" in shown
    assert [one.submission for one in lookalikes(row, house.editor)] == [twin]


def test_an_item_of_an_earlier_issue_is_named_with_a_link(client, rows, house):
    entry = printed(house, TEXT.replace("2月3日", "1月9日"))
    client.force_login(house.editor)
    shown = page(client, rows.submitted())
    assert f"{url('issue_change', entry.issue_id)}#entry-{entry.pk}" in shown
    assert "全月" not in shown.split("相似")[1].split("</li>")[0]


def test_only_the_last_twelve_issues_count(rows, house):
    for back in range(1, 14):
        year, month = divmod(2026 * 12 + 1 - back, 12)
        printed(house, OTHER if back < 13 else TEXT, year=year, month=month + 1)
    assert lookalikes(rows.submitted(), house.editor) == []


def test_another_number_for_the_same_thing_is_told(client, rows, house):
    row = rows.submitted(handed_in=DESK)
    rows.submitted(handed_in="2月20日，商务厅窗口为外商办事，专席配备双语人员1名。")
    client.force_login(house.editor)
    assert "“配备双语人员”这里写2名，那里写1名" in page(client, row)


def test_what_was_declined_and_what_it_became_itself_are_no_lookalikes(rows, house):
    issue = rows.issue  # holds what was accepted, whose own entry it is
    row = issue.entries.get().sources.get().submission
    Issue.objects.filter(pk=issue.pk).update(month=1)
    house.news(handed_in=TEXT, state="declined")
    assert lookalikes(row, house.editor) == []


def test_another_centres_text_is_never_told(rows, house):
    Newsroom(House(slug="other")).submitted()
    printed(House(slug="third"), TEXT)
    assert lookalikes(rows.submitted(), house.editor) == []


def test_counts_have_none_and_two_queries_do(house, rows):
    assert lookalikes(house.report(state="submitted"), house.editor) == []
    row = rows.submitted()
    for _more in range(3):
        rows.submitted()
    printed(house, TEXT)
    assert house.editor.has_perm("bulletin.view_submission")
    with CaptureQueriesContext(connection) as queries:
        assert len(lookalikes(row, house.editor)) == 4
    assert len(queries) <= 3
