"""A month from hand-in to the public edition, through the services alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from bulletin.assembly import build_document, collect, edit_entry, open_issue
from bulletin.models import (
    Edition,
    EditionFile,
    Entry,
    ImprintTemplate,
    Issue,
    NewsItem,
    Publication,
    Section,
    SectionTemplate,
)
from bulletin.moves import MoveRefused, make_move
from bulletin.publishing import (
    NotReady,
    SignRefused,
    ensure_files,
    publish,
    revoke,
    send_proof,
    sign,
)
from bulletin.readiness import check_issue
from bulletin.renderers import FORMATS
from bulletin.renderers.extract import extract
from bulletin.storage import read
from bulletin.waivers import acknowledge
from stats.models import Figure, Indicator, Restatement
from windows import roles
from windows.models import Centre, Department, Leader, Visitor


def accept(house, submission):
    submission = make_move(submission, "submit", by=house.clerk)
    submission = make_move(submission, "claim", by=house.editor)
    return make_move(submission, "accept", by=house.editor)


@pytest.fixture
def month(house):
    """A whole month accepted: news, a visit, a duty, the counts; the issue collected."""
    Indicator.objects.create(
        centre=house.centre,
        key="online_accepted",
        label="全程网办受理",
        scale=10_000,
        decimals=2,
    )
    Leader.objects.create(
        centre=house.centre, department=house.department, name="方伯成", post="党组书记、厅长"
    )
    Leader.objects.create(
        centre=house.centre, department=house.department, name="石望", post="副厅长"
    )
    house.publication.narrative = "{m}月，各窗口受理事项{online_accepted}。"
    house.publication.save()
    accept(house, house.news(text="推出企业备案当日办结，首周办理43件。"))
    accept(
        house,
        house.news(
            section_key="key_work", subject="省中心", text="完成窗口服务评议，发放问卷216份。"
        ),
    )
    accept(house, house.news(section_key="politics", subject="省政府", text="召开专题会议。"))
    accept(
        house,
        house.visit(
            handed_in="2月4日，商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。"
            "他强调，要把企业的事当作自己的事。"
        ),
    )
    accept(house, house.visit(("商务厅", "副厅长", "石望"), visit_kind="duty"))
    report = accept(house, house.report({"online_accepted": 37_901}))
    make_move(report.report, "confirm", by=house.data_clerk)
    issue = open_issue(house.publication, year=2026, month=2, by=house.editor)
    issue.issued_on = dt.date(2026, 3, 25)
    issue.save()
    collect(issue, by=house.editor)
    return issue


def published(house, issue):
    edition = send_proof(issue, by=house.editor)
    sign(edition, by=house.approver, digest=edition.digest)
    issue.refresh_from_db()
    return publish(issue, by=house.publisher)


def test_the_issue_prints_what_was_accepted(month):
    assert build_document(month).text.splitlines() == [
        "政务窗口月报",
        "第2期",
        "云川省政府政务服务中心",
        "2026年3月25日",
        "一、2026年2月总体运行情况",
        "2月，各窗口受理事项3.79万件。",
        "二、政务工作动态",
        "（一）2月3日，省政府召开专题会议。",
        "三、重点工作推进情况",
        "（一）2月3日，省中心完成窗口服务评议，发放问卷216份。",
        "四、窗口资讯",
        "（一）2月3日，商务厅窗口推出企业备案当日办结，首周办理43件。",
        "五、厅（局）长进大厅",
        "（一）2月4日，商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。"
        "他强调，要把企业的事当作自己的事。",
        "（二）2月，商务厅副厅长石望到省政务服务大厅窗口调研值守。",
        "报：省政务管理办公室、省中心领导。",
        "发：省级相关部门（单位）窗口。",
    ]


def test_nothing_blocks_a_complete_month(month):
    assert [p for p in check_issue(month) if p.severity == "block"] == []


def test_a_figure_written_by_hand_reaches_the_approver_with_who_answers_for_it(
    house, month, client
):
    entry = month.entries.get(kind="narrative")
    edit_entry(
        entry,
        by=house.editor,
        text=entry.text.replace("3.79万件", "37901件"),
        version=entry.version,
    )
    (warning,) = [one for one in check_issue(month) if one.code == "figure-rewritten"]
    acknowledge(month, [warning.key], by=house.editor, reason="领导要整数。")
    edition = send_proof(month, by=house.editor)
    client.force_login(house.approver)
    page = client.get(reverse("admin:bulletin_edition_change", args=[edition.pk])).content.decode()
    assert "写作37901件，与数据相等，但刊出的写法是3.79万件" in page
    assert "<q>领导要整数。</q>" in page


def test_a_figure_that_departs_from_the_data_never_gets_to_the_approver(house, month):
    entry = month.entries.get(kind="narrative")
    edit_entry(
        entry, by=house.editor, text=entry.text.replace("3.79", "4.79"), version=entry.version
    )
    with pytest.raises(NotReady, match="与数据不符，数据是3.79万件"):
        send_proof(month, by=house.editor)


def test_collecting_again_adds_nothing(house, month):
    before = build_document(month)
    again = collect(month, by=house.editor)
    assert (again.placed, again.composed) == ([], [])
    assert build_document(month) == before


def test_a_proof_is_signed_by_its_digest_and_published_whole(house, month):
    edition = published(house, month)
    month.refresh_from_db()
    assert month.state == "published"
    assert list(Edition.objects.current()) == [edition]
    assert {f.format for f in edition.files.all()} == set(FORMATS)
    assert edition.document.digest == edition.digest


def test_every_format_tells_the_same_text(house, month):
    edition = published(house, month)
    lines = [line.text for line in edition.document.lines()]
    for file in edition.files.all():
        assert extract(file.format, read(file)) == lines, file.format


def _restate_all_to(value: int) -> None:
    """The database takes no other figure of a printed month."""
    Restatement.objects.bulk_create(
        Restatement(
            centre_id=figure.report.centre_id, figure=figure, reason="改了。",
            old=figure.value, new=value,
            old_denominator=figure.denominator, new_denominator=figure.denominator,
        )
        for figure in Figure.objects.select_related("report")
    )  # fmt: skip
    Figure.objects.update(value=value)


def test_after_sign_off_no_change_of_any_row_changes_a_byte_of_any_format(house, month):
    """Every entry, figure, name, template and setting; rendered anew they are the same bytes."""
    edition = published(house, month)
    before = {f.format: read(f) for f in edition.files.all()}
    assert set(before) == set(FORMATS)
    Entry.objects.update(text="改了。", date=None)
    NewsItem.objects.update(text="改了。")
    _restate_all_to(1)
    Indicator.objects.update(label="改了", scale=1, decimals=0)
    Leader.objects.update(name="改了")
    Visitor.objects.update(name="改了", post="改了", department_name="改了")
    Department.objects.update(short_name="改了", official_name="改了")
    Section.objects.update(heading="改了")
    SectionTemplate.objects.update(heading="改了", print_when_empty=True)
    ImprintTemplate.objects.update(text="改了。")
    Centre.objects.update(official_name="改了", short_name="改了", hall_name="改了")
    Publication.objects.update(
        title="改了", issuer="改了", narrative="改了", rows_per_page=10, cells_per_row=20
    )
    Issue.objects.update(title="改了", issuer="改了", imprint=[], number=9, narrative="改了")
    edition.refresh_from_db()
    EditionFile.objects.all().delete()
    assert {f.format: read(f) for f in ensure_files(edition)} == before


def test_files_are_rendered_once(house, month):
    edition = published(house, month)
    made = list(edition.files.values_list("pk", flat=True))
    ensure_files(edition)
    assert list(edition.files.values_list("pk", flat=True)) == made


def test_an_editor_without_the_role_does_not_sign(house, month):
    edition = send_proof(month, by=house.editor)
    with pytest.raises(MoveRefused):
        sign(edition, by=house.editor, digest=edition.digest, note="急。")


def test_who_edited_the_issue_signs_only_with_a_reason(house, month):
    both = house.person(roles.APPROVER)
    house.person(roles.EDITOR, user=both)
    entry = month.entries.filter(kind="news").first()
    edit_entry(entry, by=both, text=entry.text + "好。", version=entry.version)
    edition = send_proof(month, by=house.editor)
    with pytest.raises(SignRefused, match="编辑过本期"):
        sign(edition, by=both, digest=edition.digest)
    signed = sign(edition, by=both, digest=edition.digest, note="签发人只有一位在岗。")
    assert signed.sign_note == "签发人只有一位在岗。"


def test_another_digest_than_the_one_shown_is_refused(house, month):
    edition = send_proof(month, by=house.editor)
    with pytest.raises(SignRefused, match="刷新"):
        sign(edition, by=house.approver, digest="0" * 64)


def test_a_figure_changed_behind_the_proof_voids_it(house, month):
    edition = send_proof(month, by=house.editor)
    Figure.objects.update(value=40_000)
    with pytest.raises(SignRefused, match="作废"):
        sign(edition, by=house.approver, digest=edition.digest)
    month.refresh_from_db()
    assert month.state == "open"


def test_an_edit_after_sending_voids_the_proof_and_says_which(house, month):
    edition = send_proof(month, by=house.editor)
    entry = month.entries.filter(kind="news").first()
    edit_entry(entry, by=house.editor, text=entry.text + "好。", version=entry.version)
    edition.refresh_from_db()
    assert "省政府" in edition.void_reason


def test_a_signed_issue_is_not_edited(house, month):
    edition = send_proof(month, by=house.editor)
    sign(edition, by=house.approver, digest=edition.digest)
    entry = month.entries.first()
    with pytest.raises(MoveRefused, match="撤销签发"):
        edit_entry(entry, by=house.editor, text="改了。", version=entry.version)
    month.refresh_from_db()
    revoke(month, by=house.approver, note="有一处数字要核对。")
    month.refresh_from_db()
    assert month.state == "open"


def test_a_month_without_its_counts_is_not_sent(house, month):
    Figure.objects.all().delete()
    with pytest.raises(NotReady, match="全程网办受理"):
        send_proof(month, by=house.editor)
    month.refresh_from_db()
    assert (month.state, month.editions.count()) == ("open", 0)


def test_a_silent_window_blocks_with_its_name(house, month):
    house.department.windows.create(centre=house.centre, name="商务厅二号窗口")
    with pytest.raises(NotReady, match="商务厅二号窗口"):
        send_proof(month, by=house.editor)


def test_a_second_proof_has_the_next_number(house, month):
    first = send_proof(month, by=house.editor)
    month.refresh_from_db()
    entry = month.entries.filter(kind="news").first()
    edit_entry(entry, by=house.editor, text=entry.text + "好。", version=entry.version)
    month.refresh_from_db()
    second = send_proof(month, by=house.editor)
    assert (first.proof_no, second.proof_no) == (1, 2)
