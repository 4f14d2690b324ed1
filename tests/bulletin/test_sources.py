"""A printed number leads to the windows that gave it, and to who typed what and when."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bulletin.assembly.template import StaleTemplate, change_template
from bulletin.models import Issue, Trail
from bulletin.narrating import narrative_of
from bulletin.restating import NewFigure, restate
from bulletin.sources import pieces, sources_of
from stats.models import Figure, Indicator, MonthlyReport
from tests.counted import Centre
from tests.factories import WindowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(house) -> Centre:
    made = Centre(house)
    made.template("{m}月，省本级办理{total}，全程网办受理{online}，{online:环比}。")
    made.month(2026, 1, 30_000)
    made.month(2026, 2, 36_000)
    Figure.objects.update(entered_by=house.clerk)
    return made


def issue_of(centre) -> Issue:
    made = centre.issue(2026, 2)
    return Issue.objects.select_related("publication__centre").get(pk=made.pk)


def test_a_derived_number_leads_to_the_entered_ones(centre):
    found = sources_of(issue_of(centre), "total")
    assert (found.printed, found.formula) == ("3.7万件", "全程网办受理 + 综合窗口受理")
    assert [(part.spec.label, part.total) for part in found.parts] == [
        ("全程网办受理", "3.60万件"), ("综合窗口受理", "0.14万件"),
    ]  # fmt: skip
    [online, counter] = found.parts
    assert [(g.window, g.figure.value, g.state, g.by) for g in online.givers] == [
        ("商务厅二号窗口", 24_000, "已确认", centre.house.clerk.name),
        ("商务厅窗口", 12_000, "已确认", centre.house.clerk.name),
    ]
    assert [g.figure.value for g in counter.givers] == [1_400]


def test_what_it_is_compared_with_is_there_too(centre):
    [before] = sources_of(issue_of(centre), "online").compared
    assert (before.name, before.printed, before.words) == ("上期", "3.00万件", "环比增长20.0%")


def test_a_nil_return_says_so_and_a_silent_window_is_named(centre):
    quiet = WindowFactory(department=centre.house.department, name="商务厅三号窗口")
    WindowFactory(department=centre.house.department, name="商务厅四号窗口")
    centre.give(quiet, 2026, 2)
    [part] = sources_of(issue_of(centre), "online").parts
    nil = next(giver for giver in part.givers if giver.window == "商务厅三号窗口")
    assert (nil.nil, nil.figure, nil.by) == (True, None, "")
    assert part.silent == ["商务厅四号窗口"]


def test_what_is_not_confirmed_is_shown_as_not_counted(centre):
    MonthlyReport.objects.filter(window=centre.second, month=2).update(state="entered")
    found = sources_of(issue_of(centre), "online")
    assert found.printed == "1.20万件"
    assert [giver.counted for giver in found.parts[0].givers] == [False, True]


def test_a_restatement_keeps_what_stood_and_why(centre):
    report = MonthlyReport.objects.get(window=centre.first, month=2)
    MonthlyReport.objects.filter(pk=report.pk).update(state="locked")
    change = NewFigure(Indicator.objects.get(key="online"), 12_500, seen=(12_000, None))
    restate(report, [change], by=centre.house.data_clerk, reason="补报")
    giver = sources_of(issue_of(centre), "online").parts[0].givers[1]
    assert giver.came_by == "订正"
    assert [(row.old, row.new, row.reason) for row in giver.restatements] == [
        (12_000, 12_500, "补报")
    ]


def test_an_unknown_number_has_no_sources(centre):
    assert sources_of(issue_of(centre), "nobody") is None


def test_the_paragraph_is_cut_at_its_numbers_and_loses_nothing(centre):
    told = narrative_of(issue_of(centre))
    text = told.sentence.text.replace("3.7万件", "3.8万件").replace("，全程", "；其中，全程")
    found = pieces(told, text)
    assert "".join(piece.text for piece in found) == text
    assert [(p.text, p.key, p.form) for p in found if p.key] == [
        ("3.60万件", "online", ""), ("环比增长20.0%", "online", "环比"),
    ]  # fmt: skip


def test_as_many_queries_for_forty_windows_as_for_two(centre):
    issue = issue_of(centre)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            sources_of(issue, "total")
        return len(captured)

    few = queries()
    for number in range(38):
        name = f"另{number}号窗口"
        window = WindowFactory(department=centre.house.department, name=name)
        centre.give(window, 2026, 2, online=10)
    assert queries() == few


# In the newsroom


def test_the_page_of_a_number_names_windows_people_and_values(client, centre):
    client.force_login(centre.house.editor)
    issue = issue_of(centre)
    page = client.get(f"/admin/bulletin/issue/{issue.pk}/numbers/online/").content.decode()
    for words in (
        "全程网办受理的来历",
        "3.60万件",
        "24000",
        "商务厅二号窗口",
        centre.house.clerk.name,
    ):
        assert words in page
    assert client.get(f"/admin/bulletin/issue/{issue.pk}/numbers/nobody/").status_code == 404


def test_the_assembly_and_the_entry_page_lead_from_each_number(client, centre):
    client.force_login(centre.house.editor)
    issue = issue_of(centre)
    entry = issue.entries.get()
    link = f'href="/admin/bulletin/issue/{issue.pk}/numbers/total/"'
    assert link in client.get(f"/admin/bulletin/issue/{issue.pk}/change/").content.decode()
    page = client.get(f"/admin/bulletin/issue/{issue.pk}/entries/{entry.pk}/").content.decode()
    assert link in page


def test_a_template_is_tried_before_it_is_kept(client, centre):
    client.force_login(centre.house.editor)
    issue = issue_of(centre)
    url = f"/admin/bulletin/issue/{issue.pk}/template/"
    wording = {"narrative": "{m}月，网办{online}。", "seen": issue.narrative}
    page = client.post(url, {**wording, "preview": "1"}).content.decode()
    assert ">3.60万件</a>" in page
    issue.refresh_from_db()
    assert issue.narrative == wording["seen"]
    answer = client.post(url, {**wording, "save": "1"})
    assert answer.status_code == 302
    issue.refresh_from_db()
    assert issue.narrative == "{m}月，网办{online}。"
    assert Trail.objects.filter(subject="issue", action="template").count() == 1


def test_an_unknown_name_is_refused_with_its_place_and_the_names_there_are(client, centre):
    client.force_login(centre.house.editor)
    issue = issue_of(centre)
    url = f"/admin/bulletin/issue/{issue.pk}/template/"
    given = {"narrative": "{m}月，网办{onlin}。", "seen": issue.narrative, "save": "1"}
    page = client.post(url, given).content.decode()
    assert "模板第8字的“{onlin}”不是指标代码。" in page
    assert "<code>{online}</code>" in page


def test_a_wording_of_an_older_page_is_refused(centre):
    issue = issue_of(centre)
    with pytest.raises(StaleTemplate):
        change_template(issue, by=centre.house.editor, narrative="{m}月。", seen="旧的")


def test_the_publication_names_the_place_too(client, centre):
    client.force_login(centre.house.administrator)
    issue_of(centre)
    url = f"/admin/bulletin/publication/{centre.house.publication.pk}/change/"
    page = client.get(url).content.decode()
    assert "2月，省本级办理3.7万件，全程网办受理3.60万件，环比增长20.0%。" in page
    assert "<code>{online}</code> 全程网办受理" in page
    assert (
        "模板第1字的“{nobody}”不是指标代码。"
        in client.post(url, {"narrative": "{nobody}"}).content.decode()
    )
