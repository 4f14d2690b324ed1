"""我的本月: where the month stands, in a sentence and four rows; nil returns; the review."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bulletin.assembly import drop_entry
from bulletin.models import Edition, Entry, EntrySource, NilReturn, Submission, Trail
from bulletin.moves import make_move
from stats.models import MonthlyReport
from tests.desk import NEWS, VISIT, news, said, visit
from tests.factories import (
    SHANGHAI,
    EntryFactory,
    IndicatorFactory,
    IssueFactory,
    SectionFactory,
    StaffFactory,
    WindowFactory,
    standing_edition,
)
from windows import roles
from windows.models import WorkDay


def text_of(page):
    """The page's words with its markup and its white space gone."""
    words, inside = [], False
    for char in said(page):
        inside = char == "<" or (inside and char != ">")
        words.append("" if inside or char in "<>" else char)
    return "".join("".join(words).split())


def test_the_month_opens_with_what_is_owed_and_until_when(clerk):
    page = text_of(clerk.get("/desk/"))
    owed = "2月还差三件：月度数据、窗口资讯和领导到访（3月5日（周四）17:00截止，还有2个工作日）。"
    assert owed in page


def test_holidays_are_no_working_days(clerk, house):
    WorkDay.objects.create(centre=house.centre, date=dt.date(2026, 3, 4), is_working=False)
    assert "还有1个工作日" in said(clerk.get("/desk/"))


@pytest.mark.parametrize(
    ("cutoff", "words"),
    [((2026, 3, 3, 17), "今天截止"), ((2026, 3, 2, 17), "已截止，还可以补报")],
)
def test_the_last_day_and_the_day_after(clerk, house, cutoff, words):
    call = house.publication.calls.get()
    call.cutoff = dt.datetime(*cutoff, tzinfo=SHANGHAI)
    call.save()
    assert words in said(clerk.get("/desk/"))


def test_without_a_call_the_page_stands_at_this_month(client, house, clerk):
    house.publication.calls.all().delete()
    assert "2026年3月" in said(client.get("/desk/"))
    assert "没有定截止时间" in said(client.get("/desk/"))


def test_what_came_back_stands_first_with_its_reason(clerk, house):
    row = make_move(house.news(state="submitted"), "claim", by=house.editor)
    make_move(row, "return", by=house.editor, note="请写明办了几件。")
    page = text_of(clerk.get("/desk/"))
    assert "一条退回的报送等您修改。" in page
    assert page.index("请写明办了几件。") < page.index("已交上去")
    assert f"/desk/submissions/{row.pk}/edit/" in said(clerk.get("/desk/"))


def test_what_was_handed_in_says_who_has_it(clerk, house):
    make_move(house.news(state="submitted"), "claim", by=house.editor)
    page = text_of(clerk.get("/desk/"))
    assert "中心编辑中" in page
    assert f"在{house.editor}处" in page


def test_a_nil_month_takes_two_presses_and_is_an_answer(clerk, house):
    IndicatorFactory(centre=house.centre)
    house.news(state="submitted")
    clerk.post("/desk/2026/2/nil/report/")
    clerk.post("/desk/2026/2/nil/visit/")
    page = text_of(clerk.get("/desk/"))
    assert "2月都报齐了" in page
    row = Submission.objects.get(kind="report")
    report = MonthlyReport.objects.get()
    assert (row.state, report.nil, report.figures.count()) == ("submitted", True, 0)
    assert NilReturn.objects.get().by == house.clerk


def test_pressed_twice_it_is_still_one(clerk):
    for _time in range(2):
        clerk.post("/desk/2026/2/nil/visit/")
        clerk.post("/desk/2026/2/nil/report/")
    assert NilReturn.objects.count() == MonthlyReport.objects.count() == 1
    assert list(Trail.objects.order_by("serial").values_list("action", flat=True)) == [
        "nil_return",
        "submit",
    ]


def test_a_nil_return_is_taken_back_with_a_trace(clerk):
    clerk.post("/desk/2026/2/nil/visit/")
    page = clerk.post("/desk/2026/2/nil/visit/undo/", follow=True)
    assert "已撤回领导到访零报告。" in said(page)
    assert not NilReturn.objects.exists()
    assert Trail.objects.latest("serial").action == "undo_nil_return"


def test_something_handed_in_after_all_replaces_the_nil_return(clerk):
    clerk.post("/desk/2026/2/nil/news/")
    clerk.post(NEWS, news(action="save"))
    assert NilReturn.objects.exists()
    clerk.post(NEWS, news())
    assert not NilReturn.objects.exists()


def test_a_nil_return_is_not_offered_beside_figures_begun(clerk, house):
    IndicatorFactory(centre=house.centre, key="a")
    house.report({"a": 5})
    assert "nil/report/" not in said(clerk.get("/desk/"))


def test_several_windows_are_chosen_in_the_address(client, clerk, house):
    second = WindowFactory(department=house.department, name="外资窗口")
    StaffFactory(user=house.clerk, centre=house.centre, role=roles.WINDOW, window=second)
    page = said(client.get(f"/desk/?window={second.pk}"))
    assert f'<a href="?window={second.pk}" aria-current="true">外资窗口</a>' in page
    assert f"/desk/2026/2/news/?window={second.pk}" in page
    client.post(f"{NEWS}?window={second.pk}", news())
    assert Submission.objects.get().window == second


@pytest.fixture
def reviewed(house):
    house.window.needs_endorsement = True
    house.window.save()
    return make_move(house.news(), "submit", by=house.clerk)


def test_the_chief_representative_reviews_first(client, clerk, house, reviewed):
    assert "待首席代表审阅" in said(client.get("/desk/"))
    assert f"在{house.chief}处" in said(client.get("/desk/"))
    client.force_login(house.chief)
    assert "待您审核" in said(client.get("/desk/"))
    page = said(client.get(f"/desk/submissions/{reviewed.pk}/"))
    assert "审核通过" in page
    response = client.post(f"/desk/submissions/{reviewed.pk}/moves/endorse/", follow=True)
    assert "已审核通过，现在是“首席代表已审”。" in said(response)
    assert "待您审核" not in said(client.get("/desk/"))


def test_the_chief_returns_only_with_a_reason(client, clerk, house, reviewed):
    client.force_login(house.chief)
    place = f"/desk/submissions/{reviewed.pk}/moves/return/"
    assert "请写明退回修改的理由。" in said(client.post(place, follow=True))
    client.post(place, {"note": "数字再核一遍。", "reason": "number"})
    reviewed.refresh_from_db()
    assert reviewed.state == "returned"


def test_a_clerk_recalls_until_it_is_claimed(clerk, house):
    row = make_move(house.news(), "submit", by=house.clerk)
    response = clerk.post(f"/desk/submissions/{row.pk}/moves/recall/")
    assert response["Location"] == f"/desk/submissions/{row.pk}/edit/"
    row = make_move(make_move(row, "submit", by=house.clerk), "claim", by=house.editor)
    page = said(clerk.post(f"/desk/submissions/{row.pk}/moves/recall/", follow=True))
    assert "现在是“已认领”，不能撤回修改。" in page
    assert "moves/recall" not in page


def test_dropping_an_item_asks_once_and_a_report_is_never_dropped(clerk, house):
    row, report = house.news(), house.report()
    assert "作废……" in said(clerk.get(f"/desk/submissions/{row.pk}/"))
    assert "作废" not in said(clerk.get(f"/desk/submissions/{report.pk}/"))
    clerk.post(f"/desk/submissions/{row.pk}/moves/withdraw/")
    row.refresh_from_db()
    assert row.state == "withdrawn"


def place(house, row, text):
    issue = IssueFactory(publication=house.publication, year=row.year, month=row.month)
    section = SectionFactory(issue=issue)
    entry = EntryFactory(issue=issue, section=section, text=text)
    EntrySource.objects.create(entry=entry, submission=row)
    return entry


def publish(house, row, text):
    entry = place(house, row, text)
    standing_edition(entry.issue, house.approver)
    return entry


def test_what_was_printed_is_held_against_what_was_handed_in(clerk, house):
    row = house.news(state="accepted")
    publish(house, row, row.handed_in.replace("当日", "次日"))
    assert "看改了什么" in said(clerk.get("/desk/"))
    page = said(clerk.get(f"/desk/submissions/{row.pk}/"))
    assert "<del>当</del><ins>次</ins>日办结" in page
    assert "已刊出" in page


def test_until_it_is_published_the_editors_words_stay_with_the_editor(clerk, house):
    row = house.news(state="accepted", edited="编辑改过的话。")
    place(house, row, "排在版上的话。")
    for address in ("/desk/", f"/desk/submissions/{row.pk}/"):
        page = said(clerk.get(address))
        assert "编辑改过的话" not in page
        assert "排在版上的话" not in page


def test_what_was_printed_stays_so_while_the_issue_is_being_corrected(clerk, house):
    row = house.news(state="accepted")
    entry = publish(house, row, "2月3日，商务厅窗口推出企业备案次日办结。")
    assert entry.issue.state == "open"
    assert "已刊出" in said(clerk.get(f"/desk/submissions/{row.pk}/"))
    Edition.objects.update(withdrawn_at=timezone.now(), withdraw_reason="数据有误。")
    assert "已刊出" not in said(clerk.get(f"/desk/submissions/{row.pk}/"))


@pytest.mark.parametrize("deed", ["edited", "taken down"])
def test_what_was_printed_is_the_frozen_text_whatever_a_correction_does(clerk, house, deed):
    row = house.news(state="accepted")
    entry = publish(house, row, "2月3日，商务厅窗口推出企业备案次日办结。")
    if deed == "edited":
        Entry.objects.filter(pk=entry.pk).update(text="还没有人签发的话。")
    else:
        drop_entry(entry, by=house.editor)
    page = said(clerk.get(f"/desk/submissions/{row.pk}/"))
    assert "<del>当</del><ins>次</ins>日办结" in page
    assert "还没有人签发" not in page
    assert "已刊出" in page
    month = said(clerk.get("/desk/"))
    assert "次日办结" in month
    assert "还没有人签发" not in month


def queries(client, place):
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(place).status_code == 200
    return len(made)


def fill(house, days):
    for day in days:
        date = dt.date(2026, 2, day)
        make_move(house.news(date=date), "submit", by=house.clerk)
        house.news(date=date)
        house.visit(date=date, state="submitted")
        row = make_move(house.news(date=date, state="submitted"), "claim", by=house.editor)
        make_move(row, "return", by=house.editor, note="再写。")


def test_the_month_takes_as_many_queries_for_one_row_as_for_three(clerk, house):
    fill(house, [3])
    one = queries(clerk, "/desk/2026/2/")
    fill(house, [4, 5])
    assert queries(clerk, "/desk/2026/2/") == one


@pytest.mark.parametrize("place", [NEWS, VISIT, "/desk/2026/2/counts/", "/desk/months/"])
def test_so_do_the_forms(clerk, house, place):
    fill(house, [3])
    IndicatorFactory(centre=house.centre)
    one = queries(clerk, place)
    fill(house, [4, 5])
    IndicatorFactory.create_batch(2, centre=house.centre)
    assert queries(clerk, place) == one


def test_a_visit_is_looked_at_in_as_many_queries_however_many_came(clerk, house):
    page = "/desk/submissions/{}/edit/"
    one = house.visit()
    three = house.visit(*[("商务厅", "处长", name) for name in ("甲乙", "丙丁", "戊己")])
    first = queries(clerk, page.format(one.pk))
    assert queries(clerk, page.format(three.pk)) == first


def test_the_tabs_open(clerk, house):
    clerk.post(VISIT, visit(action="save"))
    make_move(house.news(), "submit", by=house.clerk)
    assert "2026年2月" in text_of(clerk.get("/desk/months/"))
    assert "名录里还没有本单位的领导" in said(clerk.get("/desk/directory/"))
    assert "每月报三样" in said(clerk.get("/desk/help/"))
