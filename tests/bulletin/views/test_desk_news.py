"""Writing a news item: what is kept, what is said about it, and where."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.html import escape

from bulletin.models import Commission, NewsItem, Submission, Trail
from bulletin.moves import make_move
from tests.desk import NEWS, NOW, news, said


def nothing_was_written():
    return not (Submission.objects.exists() or NewsItem.objects.exists() or Trail.objects.exists())


def test_a_submitted_item_is_with_the_centre_and_the_next_page_says_so(clerk, house):
    response = clerk.post(NEWS, news(), follow=True)
    row = Submission.objects.get()
    assert (row.state, row.submitted_by, row.window) == ("submitted", house.clerk, house.window)
    assert row.handed_in == "2月25日，商务厅窗口推出企业备案当日办结。"
    assert (row.year, row.month, row.call) == (2026, 2, house.publication.calls.get())
    assert response.redirect_chain[-1][0] == f"/desk/submissions/{row.pk}/submitted/"
    assert "待中心认领" in said(response)


def test_the_same_form_posted_twice_is_one_submission(clerk):
    form = news()
    first, second = clerk.post(NEWS, form), clerk.post(NEWS, form)
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == NewsItem.objects.count() == Trail.objects.count() == 1


def test_the_form_key_of_somebody_else_is_no_key_to_their_submission(clerk, client, house):
    form = news()
    clerk.post(NEWS, form)
    client.force_login(house.chief)
    client.post(NEWS, {**form, "text": "别的事。"})
    assert sorted(row.handed_in for row in Submission.objects.all()) == [
        "2月25日，商务厅窗口别的事。",
        "2月25日，商务厅窗口推出企业备案当日办结。",
    ]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("day", "", "请填写日期，例如 2026年2月28日。"),
        ("day", "30", "2月没有30日，请核对日期。"),
        ("day", "廿五", "日期只填数字，例如 2、25。"),
        ("month", "13", "没有13月，请填 1 到 12。"),
        ("year", "26", "年份请填四位数，例如 2026。"),
        ("month", "12", "2026年12月25日还没有到，请核对日期。"),
        ("text", "", "请写下发生了什么，例如“推出企业备案当日办结。”"),
        ("text", "推出企业备案当日办结", "正文最后缺句号，请看看是否粘贴完整。"),
        ("text", "一段。\n\n两段。", "一条资讯只有一段，现在有2段，请合成一段或分成几条报。"),
        ("text", "长" * 2001, "最多2000字，现在有2001字，请删减或分成几条报。"),
    ],
)
def test_what_is_wrong_is_said_in_the_summary_and_at_the_field(clerk, field, value, words):
    page = said(clerk.post(NEWS, news(**{field: value})))
    wrong = "day" if field in {"month", "year"} and "还没有到" in words else field
    assert f'<a href="#id_{wrong}">{escape(words)}</a>' in page
    assert f"要改：{escape(words)}" in page
    assert f'id="id_{wrong}_error"' in page
    assert "还没有提交，有 1 处要改" in page
    assert nothing_was_written()


def test_all_errors_stand_together_and_what_was_typed_is_kept(clerk):
    page = said(clerk.post(NEWS, news(day="30", text="没有写完", section_key="politics")))
    assert "还没有提交，有 2 处要改" in page
    assert 'value="30"' in page
    assert "没有写完</textarea>" in page
    assert 'value="politics"' in page.split("checked")[0].rsplit("<input", 1)[1]


@pytest.mark.parametrize("section", ["", "overview", "no-such-section", "<b>"])
def test_an_item_goes_to_a_section_for_news_or_nowhere(clerk, section):
    assert clerk.post(NEWS, news(section_key=section)).status_code == 200
    assert nothing_was_written()


def test_progress_of_the_year_prints_no_day(clerk):
    clerk.post(NEWS, news(section_key="key_work", day="", text="大厅改造完成八成。"))
    assert Submission.objects.get().handed_in == "商务厅窗口大厅改造完成八成。"


def test_an_item_of_last_month_is_taken_with_a_word_about_it(clerk):
    response = clerk.post(NEWS, news(month="1", day="28"), follow=True)
    row = Submission.objects.get()
    assert (row.state, row.month) == ("submitted", 2)
    assert NewsItem.objects.get().date == dt.date(2026, 1, 28)
    assert "这是2026年1月的事，随2月一起报" in said(response)


def test_pasted_text_is_cleaned_and_the_next_page_says_what_was_done(clerk):
    typed = "- 走进园区,办理 12 项业务(含跨省通办 3 项).\r\n"
    response = clerk.post(NEWS, news(text=typed), follow=True)
    text = "走进园区，办理12项业务（含跨省通办3项）。"
    assert NewsItem.objects.get().text == text
    assert "文字已整理：" in said(response)
    assert "去掉多余空格" in said(response)


def test_cleaning_can_be_declined(clerk):
    clerk.post(NEWS, news(text="办理 12 项业务。", keep_typed="on"))
    assert NewsItem.objects.get().text == "办理 12 项业务。"


def test_a_draft_may_have_gaps_and_is_gone_on_with(clerk):
    response = clerk.post(NEWS, news(action="save", day="", text="写到一半"), follow=True)
    row = Submission.objects.get()
    item = NewsItem.objects.get()
    assert (row.state, item.date, item.text) == ("draft", None, "写到一半")
    assert response.redirect_chain == [("/desk/2026/2/", 302)]
    assert "草稿已保存 10:30。" in said(response)
    assert f"/desk/submissions/{row.pk}/edit/" in said(response)
    page = clerk.get(f"/desk/submissions/{row.pk}/edit/")
    assert "写到一半</textarea>" in said(page)
    form = news(version=page.context["version"])
    clerk.post(f"/desk/submissions/{row.pk}/edit/", form)
    row.refresh_from_db()
    assert (row.state, Submission.objects.count()) == ("submitted", 1)


def test_an_impossible_day_is_refused_in_a_draft_too(clerk):
    page = said(clerk.post(NEWS, news(action="save", day="30")))
    assert "还没有保存，有 1 处要改" in page
    assert nothing_was_written()


def test_a_look_keeps_nothing(clerk):
    page = said(clerk.post(NEWS, news(action="preview")))
    assert '<span class="system">2月25日，商务厅窗口</span>推出企业备案当日办结。' in page
    assert "星期三，工作日" in page
    assert nothing_was_written()


def test_two_people_at_one_draft_each_see_both_texts(clerk, house):
    row = house.news(text="先写的。", **{"year": 2026})
    page = clerk.get(f"/desk/submissions/{row.pk}/edit/")
    old = page.context["version"]
    clerk.post(f"/desk/submissions/{row.pk}/edit/", news(action="save", text="甲的。", version=old))
    late = clerk.post(f"/desk/submissions/{row.pk}/edit/", news(text="乙的。", version=old))
    assert "这一条刚才在别处改过" in said(late)
    assert "甲的。" in said(late)
    assert "乙的。</textarea>" in said(late)
    row.refresh_from_db()
    assert (row.state, row.news.text) == ("draft", "甲的。")
    again = news(text="乙的。", version=late.context["version"])
    clerk.post(f"/desk/submissions/{row.pk}/edit/", again)
    row.refresh_from_db()
    assert (row.state, row.handed_in) == ("submitted", "2月25日，商务厅窗口乙的。")


def test_an_error_does_not_make_a_stale_form_fresh(clerk, house):
    row = house.news()
    stale = str(row.version)
    clerk.post(f"/desk/submissions/{row.pk}/edit/", news(action="save", version=stale))
    late = clerk.post(f"/desk/submissions/{row.pk}/edit/", news(day="31", version=stale))
    assert late.context["version"] == stale


def test_the_same_draft_saved_twice_is_no_quarrel(clerk, house):
    row = house.news()
    form = news(action="save", version=str(row.version))
    for _time in range(2):
        assert clerk.post(f"/desk/submissions/{row.pk}/edit/", form).status_code == 302


def test_a_returned_item_shows_the_reason_and_goes_back_improved(clerk, house):
    row = make_move(house.news(state="submitted"), "claim", by=house.editor)
    row = make_move(row, "return", by=house.editor, note="请写明办了几件。")
    page = clerk.get(f"/desk/submissions/{row.pk}/edit/")
    assert "请写明办了几件。" in said(page)
    form = news(text="推出当日办结，已办12件。", version=page.context["version"])
    clerk.post(f"/desk/submissions/{row.pk}/edit/", form)
    row.refresh_from_db()
    assert (row.state, row.submitted_at) == ("submitted", NOW)
    assert row.handed_in == "2月25日，商务厅窗口推出当日办结，已办12件。"


def test_while_it_is_mended_the_centre_still_sees_what_it_returned(clerk, house):
    row = house.news(state="returned", date=dt.date(2026, 2, 3))
    before = row.handed_in
    form = news(action="save", text="改到一半。", version=str(row.version))
    clerk.post(f"/desk/submissions/{row.pk}/edit/", form)
    row.refresh_from_db()
    assert (row.state, row.handed_in, row.news.text) == ("returned", before, "改到一半。")


def test_what_the_centre_has_is_not_edited(clerk, house):
    row = make_move(house.news(state="submitted"), "claim", by=house.editor)
    response = clerk.post(f"/desk/submissions/{row.pk}/edit/", news(text="换一件事。"))
    assert response["Location"] == f"/desk/submissions/{row.pk}/"
    row.refresh_from_db()
    assert (row.state, row.news.text) == ("claimed", "推出企业备案当日办结。")


def test_a_commissioned_item_is_linked_to_what_was_asked(clerk, house):
    call = house.publication.calls.get()
    asked = Commission.objects.create(call=call, window=house.window, topic="以旧换新", due=NOW)
    assert f"commission={asked.pk}" in said(clerk.get("/desk/"))
    clerk.post(f"{NEWS}?commission={asked.pk}", news())
    asked.refresh_from_db()
    assert asked.submission == Submission.objects.get()
    assert "按约稿写" not in said(clerk.get("/desk/"))


def test_a_commission_waits_again_when_its_item_was_dropped(clerk, house):
    asked = Commission.objects.create(
        call=house.publication.calls.get(), window=house.window, topic="以旧换新", due=NOW
    )
    for _time in range(2):
        assert "以旧换新" in said(clerk.get("/desk/2026/2/"))
        clerk.post(f"{NEWS}?commission={asked.pk}", news())
        asked.refresh_from_db()
        assert "按约稿写" not in said(clerk.get("/desk/2026/2/"))
        clerk.post(f"/desk/submissions/{asked.submission_id}/moves/withdraw/")


@pytest.mark.parametrize("wanted", ["0", "x", "9" * 30, "-1"])
def test_a_commission_that_is_none_is_passed_over(clerk, wanted):
    assert clerk.get(f"{NEWS}?commission={wanted}").status_code == 200


def test_markup_in_the_text_is_only_text(clerk):
    clerk.post(NEWS, news(text="<script>alert(1)</script>。", keep_typed="on"))
    page = said(clerk.get(f"/desk/submissions/{Submission.objects.get().pk}/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;。" in page
