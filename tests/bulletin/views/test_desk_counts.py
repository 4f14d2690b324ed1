"""The month's counts: integers in the base unit, blank is not zero, swings are explained."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from bulletin.forms.changes import change_words, likely_meant
from bulletin.models import Submission, Trail
from stats.models import Figure, MonthlyReport
from tests.desk import COUNTS, said
from tests.factories import IndicatorFactory


@pytest.fixture
def asked(house):
    """Three indicators: two for windows, one of the centre's own."""
    make = {"centre": house.centre, "group": "办件"}
    return {
        "online": IndicatorFactory(key="online_accepted", label="全程网办受理", order=1, **make),
        "onsite": IndicatorFactory(
            key="consult_onsite", label="现场咨询", unit="人次", order=2, **make
        ),
        "total": IndicatorFactory(key="total", label="总量", owner="centre", order=3, **make),
    }


@pytest.fixture
def history(house, asked):
    for month in (10, 11, 12):
        house.report({"online_accepted": 2014, "consult_onsite": 312}, year=2025, month=month)
    house.report({"online_accepted": 2000, "consult_onsite": 312}, month=1)


def post(asked, online="1846", onsite="300", **fields):
    values = {f"value_{asked['online'].pk}": online, f"value_{asked['onsite'].pk}": onsite}
    return {"action": "submit", **values, **fields}


def february():
    return Submission.objects.filter(kind="report", year=2026, month=2)


def test_counts_are_kept_and_handed_in(clerk, house, asked):
    clerk.post(COUNTS, post(asked, online=" １,846 ", onsite="0"))
    row = february().get()
    assert (row.state, row.submitted_by, row.report.nil) == ("submitted", house.clerk, False)
    kept = row.report.figures.order_by("indicator__order").values_list("value", "entered_by")
    assert list(kept) == [(1846, house.clerk.pk), (0, house.clerk.pk)]


def test_counts_posted_twice_are_one_report(clerk, asked):
    for _time in range(2):
        clerk.post(COUNTS, post(asked))
    assert february().count() == MonthlyReport.objects.count() == Trail.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-1", "全程网办受理：“-1”小于零；请填写0或大于0的整数。"),
        ("1.5", "全程网办受理：“1.5”不是整数；单位是件，请填写整数。"),
        ("1000000000000", "全程网办受理：1000000000000太大了：单位是件，不是万件吗？"),
        ("3.79123万", "全程网办受理：“3.79123万”不是整件数；请按件填写全部数字，例如37900。"),
        ("1e3", "全程网办受理：“1e3”是科学记数法；请写出全部数字，例如1000。"),
        ("许多", "全程网办受理：“许多”不是整数；请只填数字，例如3120。"),
    ],
)
@pytest.mark.parametrize("action", ["submit", "save"])
def test_what_is_no_count_is_refused_at_its_place(clerk, asked, typed, words, action):
    page = said(clerk.post(COUNTS, post(asked, online=typed, action=action)))
    name = f"id_value_{asked['online'].pk}"
    assert f'<a href="#{name}">{escape(words)}</a>' in page
    assert f"要改：{escape(words)}" in page
    assert f'value="{escape(typed)}"' in page
    assert not (MonthlyReport.objects.exists() or Figure.objects.exists())


def test_blank_is_not_zero(clerk, asked):
    response = clerk.post(COUNTS, post(asked, onsite=""), follow=True)
    assert [f.value for f in february().get().report.figures.all()] == [1846]
    assert "现场咨询没有填写；没有发生的请填0，留空不等于0。" in said(response)


def test_an_empty_month_is_asked_whether_it_is_nil(clerk, asked):
    page = said(clerk.post(COUNTS, post(asked, online="", onsite="")))
    assert "要改：还没有填报本月数据；确实没有业务的，请选择零报告。" in page
    assert not MonthlyReport.objects.exists()


def test_indicators_of_the_centre_are_not_asked_for(clerk, asked):
    page = said(clerk.get(COUNTS))
    assert "全程网办受理" in page
    assert "总量" not in page


def test_last_month_stands_beside(clerk, asked, history):
    page = said(clerk.post(COUNTS, post(asked, action="preview")))
    assert "2000" in page
    assert "少154，−7.7%" in page


def test_a_swing_is_explained_before_it_is_handed_in(clerk, asked, history):
    key = asked["onsite"].pk
    page = said(clerk.post(COUNTS, post(asked, onsite="3120")))
    assert "前几个月的中位数是312人次" in page
    assert f'value="{key}:312"' in page
    assert "要改：现场咨询变化很大：数字没错，请写口径说明；写错了，请改数字。" in page
    assert not february().exists()
    clerk.post(COUNTS, post(asked, onsite="3120", **{f"note_{key}": "园区咨询一并计入。"}))
    assert february().get().report.figures.get(indicator=key).note == "园区咨询一并计入。"


def test_the_number_that_was_likely_meant_is_taken_by_one_press(clerk, asked, history):
    form = post(asked, onsite="3120", correct=f"{asked['onsite'].pk}:312")
    del form["action"]
    page = said(clerk.post(COUNTS, form))
    assert 'value="312"' in page
    assert 'value="3120"' not in page
    assert not february().exists()


def test_ten_thousand_times_is_a_slip_of_the_unit_and_no_note_helps(clerk, asked, history):
    note = {f"note_{asked['online'].pk}": "没有写错。"}
    page = said(clerk.post(COUNTS, post(asked, online="20140000", **note)))
    assert "单位是件，不是万件吗？" in page
    assert not february().exists()


def test_a_ratio_takes_two_numbers(clerk, asked, house):
    rate = IndicatorFactory(
        centre=house.centre, key="satisfaction", label="满意率", unit="%", over_windows="ratio"
    )
    pair = {f"value_{rate.pk}": "99", f"under_{rate.pk}": "100"}
    clerk.post(COUNTS, post(asked, **pair))
    figure = february().get().report.figures.get(indicator=rate)
    assert (figure.value, figure.denominator) == (99, 100)
    wrong = {f"value_{rate.pk}": "101", f"under_{rate.pk}": "100"}
    february().update(state="draft")
    page = said(clerk.post(COUNTS, post(asked, **wrong)))
    assert "满意率超过100%，请核对分子和分母。" in page
    assert "满意率缺少分母。" in said(clerk.post(COUNTS, post(asked, **{f"value_{rate.pk}": "9"})))


def test_parts_add_up_to_their_total(clerk, asked, house):
    keys = ("unresolved_received", "unresolved_explained", "unresolved_coordinated")
    rows = [IndicatorFactory(centre=house.centre, key=key, label=key) for key in keys]
    values = {f"value_{row.pk}": number for row, number in zip(rows, "532", strict=True)}
    clerk.post(COUNTS, post(asked, **values))
    assert february().get().state == "submitted"
    february().update(state="draft")
    page = said(clerk.post(COUNTS, post(asked, **{**values, f"value_{rows[0].pk}": "6"})))
    assert "合计5件，与unresolved_received6件不符。" in page


def test_a_half_filled_month_is_gone_on_with(clerk, asked):
    clerk.post(COUNTS, post(asked, onsite="", action="save"))
    page = said(clerk.get("/desk/"))
    assert "填了一半" in page
    assert "2项已填1项，还没有交" in page
    form = clerk.get(COUNTS).context["form"]
    assert form[f"value_{asked['online'].pk}"].value() == "1846"


def test_a_number_taken_out_again_is_blank_again(clerk, asked):
    clerk.post(COUNTS, post(asked, action="save"))
    clerk.post(COUNTS, post(asked, onsite="", action="save"))
    assert [f.value for f in Figure.objects.all()] == [1846]


def test_handed_in_figures_are_looked_at_not_typed_over(clerk, asked):
    clerk.post(COUNTS, post(asked))
    row = february().get()
    assert clerk.get(COUNTS)["Location"] == f"/desk/submissions/{row.pk}/"
    assert "1846" in said(clerk.get(f"/desk/submissions/{row.pk}/"))


def test_a_month_the_centre_confirmed_is_closed(clerk, house, asked):
    MonthlyReport.objects.create(
        centre=house.centre, window=house.window, year=2026, month=2, state="confirmed"
    )
    page = said(clerk.post(COUNTS, post(asked)))
    assert "这个月的数据中心已经确认，不能再改" in page
    assert not (Figure.objects.exists() or february().exists())


@pytest.mark.parametrize(
    ("value", "last", "words"),
    [
        (None, 312, "还没有填"),
        (1846, 2014, "少168，−8.3%"),
        (203, 188, "多15，+8.0%"),
        (3120, 312, "多2808，10倍"),
        (800, 312, "多488，2.6倍"),
        (14, 9, "多5"),
        (0, 2, "少2，填的是零"),
        (0, 0, "持平，填的是零"),
        (0, None, "填的是零"),
        (5, None, ""),
        (312, 312, "持平"),
    ],
)
def test_a_change_in_words(value, last, words):
    assert change_words(value, last) == words


@pytest.mark.parametrize(
    ("value", "history", "meant"),
    [
        (3120, [312, 300, 330], 312),
        (31200, [312], 312),
        (31, [312], 310),
        (20140000, [2014], 2014),
        (3121, [312], None),
        (0, [312], None),
        (5, [], None),
    ],
)
def test_what_was_likely_meant(value, history, meant):
    assert likely_meant(value, history) == meant
