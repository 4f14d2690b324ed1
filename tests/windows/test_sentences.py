"""The lead of a visit and the merged 值守 sentence, in ordinary and strange months."""

import datetime as dt
import json

import pytest

from tests.shared import SHARED, needs_shared
from windows.sentences import OPENINGS, Visitor, duty_sentence, lead_sentence, month_label

HALL = "云川省政务大厅"
DAY = dt.date(2031, 3, 5)
HEAD = Visitor("水务厅", "党组书记、厅长", "江小川")
DEPUTY = Visitor("云川林草局", "党组副书记、副局长（主持工作）", "林默")


def test_a_visit_is_one_sentence_and_the_remarks() -> None:
    assert lead_sentence(DAY, [HEAD], HALL, opening=OPENINGS[0], remarks="要优化服务。") == (
        "3月5日，水务厅党组书记、厅长江小川到云川省政务大厅水务厅窗口调研指导工作。"
        "他强调，要优化服务。"
    )


def test_the_opening_may_carry_the_name() -> None:
    sentence = lead_sentence(DAY, [HEAD], HALL, opening="{name}鼓励", remarks="大家再接再厉。")
    assert sentence.endswith("窗口调研指导工作。江小川鼓励大家再接再厉。")


def test_two_leaders_come_together() -> None:
    colleague = Visitor("水务厅", "副厅长", "海晏")
    assert lead_sentence(DAY, [HEAD, colleague], HALL) == (
        "3月5日，水务厅党组书记、厅长江小川，水务厅副厅长海晏"
        "到云川省政务大厅水务厅窗口调研指导工作。"
    )


def test_a_leader_visits_the_window_of_another_department() -> None:
    assert lead_sentence(DAY, [HEAD], HALL, window="商贸厅") == (
        "3月5日，水务厅党组书记、厅长江小川到云川省政务大厅商贸厅窗口调研指导工作。"
    )


def test_a_deputy_acting_as_head_keeps_the_printed_post() -> None:
    assert lead_sentence(DAY, [DEPUTY], HALL) == (
        "3月5日，云川林草局党组副书记、副局长（主持工作）林默"
        "到云川省政务大厅云川林草局窗口调研指导工作。"
    )


def test_a_month_without_duty_visits_prints_nothing() -> None:
    assert duty_sentence("3月", [], HALL) == ""


def test_one_visitor_in_the_merged_sentence() -> None:
    assert duty_sentence("3月", [HEAD], HALL) == (
        "3月，水务厅党组书记、厅长江小川到云川省政务大厅窗口调研值守。"
    )


def test_twenty_visitors_keep_their_order_and_departments() -> None:
    visitors = [Visitor("水务厅", "二级巡视员", f"江{number}") for number in range(20)]
    sentence = duty_sentence(month_label(1, 2), visitors, HALL)
    people = "，".join(f"水务厅二级巡视员江{number}" for number in range(20))
    assert sentence == f"1—2月，{people}到云川省政务大厅窗口调研值守。"


def test_a_centre_may_have_its_own_sentence() -> None:
    template = "{months}在{hall}值守的有：{visitors}。"
    assert duty_sentence("3月", [HEAD], "{hall}", template=template) == (
        "3月在{hall}值守的有：水务厅党组书记、厅长江小川。"
    )


def test_what_cannot_be_said_is_refused() -> None:
    with pytest.raises(ValueError, match="没有填写姓名"):
        Visitor("水务厅", "厅长", " ")
    with pytest.raises(ValueError, match="没有填写部门"):
        Visitor("", "厅长", "江小川")
    with pytest.raises(ValueError, match="没有来访领导"):
        lead_sentence(DAY, [], HALL)
    with pytest.raises(ValueError, match="{who}无法填写"):
        duty_sentence("3月", [HEAD], HALL, template="{who}")


@needs_shared
def test_the_printed_sentences_are_composed_again_byte_for_byte() -> None:
    issue = json.loads((SHARED / "data/issue-2025-02.json").read_text(encoding="utf-8"))
    *visits, duty = issue["sections"][4]["items"]
    for item in visits:
        lead = lead_sentence(dt.date.fromisoformat(item["date"]), _people(item), "省政务服务大厅")
        assert item["text"].startswith(lead)
    assert duty_sentence("2月", _people(duty), "省政务服务大厅") == duty["text"]


def _people(item: dict[str, list[dict[str, str]]]) -> list[Visitor]:
    return [Visitor(v["department"], v["position"], v["name"]) for v in item["visitors"]]
