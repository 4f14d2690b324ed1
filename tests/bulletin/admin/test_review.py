"""One item: the copy is saved by its holder, moves say what they do, nothing typed is lost."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from bulletin.models import Attachment, Mail, Trail
from bulletin.moves import make_move
from tests.factories import IndicatorFactory
from tests.newsroom import TEXT, url

EDITED = "2月3日，商务厅窗口推出企业备案当日办结，全月办理58件，平均用时由三天减至半天。"


def save(client, row, text: str, version: int):
    return client.post(url("submission_edit", row.pk), {"text": text, "version": version})


def move(client, row, name: str, **typed):
    return client.post(url("submission_move", row.pk, name), {"version": row.version, **typed})


def fresh(row):
    row.refresh_from_db()
    return row


def test_the_page_shows_both_texts_the_difference_and_what_each_button_does(at_work, rows):
    row = rows.claimed(edited=EDITED)
    page = at_work.get(url("submission_change", row.pk)).content.decode()
    assert "<del>43</del>" in page
    assert "<ins>58</ins>" in page
    for words in ("采用", "退回修改", "放回", "不采用", "编辑稿留在流转记录里"):
        assert words in page


def test_the_holder_saves_and_the_original_stays(at_work, rows):
    row = rows.claimed()
    save(at_work, row, EDITED, row.version)
    assert (fresh(row).edited, row.handed_in) == (EDITED, TEXT)
    assert Trail.objects.of("submission", row.pk).latest("serial").action == "edit"


def test_a_stale_save_is_refused_with_both_texts_and_nothing_is_lost(at_work, rows):
    row = rows.claimed()
    save(at_work, row, EDITED, row.version)
    answer = save(at_work, row, "另一个人写的。", row.version)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert fresh(row).edited == EDITED
    assert f'<p class="printed">{EDITED}</p>' in page
    assert ">另一个人写的。</textarea>" in page
    assert f'name="version" value="{row.version}"' in page


def test_only_the_holder_saves(client, rows, house):
    row = rows.claimed()
    client.force_login(house.other_editor)
    assert 'name="text"' not in client.get(url("submission_change", row.pk)).content.decode()
    answer = save(client, row, EDITED, row.version)
    assert "认领之后才能改编辑稿" in str(list(get_messages(answer.wsgi_request))[0])
    assert fresh(row).edited == ""


def test_accepting_saves_what_was_typed_first(at_work, rows):
    row = rows.claimed()
    move(at_work, row, "accept", text=EDITED)
    assert (fresh(row).state, row.edited) == ("accepted", EDITED)


def test_accepting_over_somebody_elses_words_is_refused(at_work, rows):
    row = rows.claimed()
    save(at_work, row, EDITED, row.version)
    answer = move(at_work, row, "accept", text="旧的。")
    assert answer.status_code == 409
    assert (fresh(row).state, row.edited) == ("claimed", EDITED)


def test_returning_needs_a_reason_and_keeps_what_was_typed(at_work, rows, house):
    row = rows.claimed()
    answer = move(at_work, row, "return", text=EDITED)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "请写明退回修改的理由。" in page
    assert f">{EDITED}</textarea>" in page
    assert fresh(row).edited == ""
    answer = move(at_work, row, "return", note="哪一天？")
    assert "请选一类退回修改的理由。" in answer.content.decode()
    assert fresh(row).state == "claimed"
    move(at_work, row, "return", note="哪一天？", reason="date")
    assert fresh(row).state == "returned"
    assert Mail.objects.get(to=house.clerk.email).body.endswith("理由：日期不明：哪一天？")


@pytest.mark.parametrize("name", ["return", "decline"])
def test_the_class_of_a_reason_is_kept_and_shown(at_work, client, rows, house, name):
    row = rows.claimed()
    move(at_work, row, name, note=" 与1月20日一条相同。", reason="duplicate")
    trail = Trail.objects.of("submission", row.pk).latest("serial")
    assert trail.data == {"reason": "duplicate", "words": "与1月20日一条相同。"}
    assert "<small>重复</small>" in at_work.get(url("submission_changelist")).content.decode()
    client.force_login(house.clerk)
    assert (
        "重复：与1月20日一条相同。" in client.get(f"/desk/submissions/{row.pk}/").content.decode()
    )


def test_a_class_that_is_none_is_refused(at_work, rows):
    row = rows.claimed()
    assert move(at_work, row, "decline", note="不收。", reason="x").status_code == 409
    assert fresh(row).state == "claimed"


@pytest.mark.parametrize("name", ["submit", "withdraw", "recall", "nothing"])
def test_what_windows_press_has_no_door_here(at_work, rows, name):
    assert move(at_work, rows.submission, name).status_code == 404


def test_counts_are_shown_beside_last_months_and_confirmed_by_accepting(at_work, house):
    IndicatorFactory(centre=house.centre, key="mailed", label="邮寄")
    house.report({"mailed": 80}, month=1, state="accepted")
    row = house.report({"mailed": 100}, state="claimed", holder=house.editor)
    page = at_work.get(url("submission_change", row.pk)).content.decode()
    for words in ("邮寄（件）", "100", "80", "增长25.0%"):
        assert words in page
    move(at_work, row, "accept")
    row.report.refresh_from_db()
    assert (fresh(row).state, row.report.state) == ("accepted", "confirmed")


def test_neighbours_are_those_in_ones_hands(at_work, rows):
    first, second, third = rows.claimed(), rows.claimed(), rows.claimed()
    queue = at_work.get(url("submission_change", second.pk)).context["queue"]
    place = {"size": 3, "place": 2, "previous": first.pk, "next": third.pk}
    assert queue == {**place, "waiting": False}


def test_what_waits_is_gone_through_as_the_inbox_lists_it(at_work, rows):
    first, second, third = (rows.submitted() for _ in range(3))
    assert rows.claimed()
    shown = at_work.get(url("submission_change", second.pk))
    place = {"size": 3, "place": 2, "previous": third.pk, "next": first.pk}
    assert shown.context["queue"] == {**place, "waiting": True}
    assert "待认领的3条中第2条" in shown.content.decode()


def test_the_trail_is_for_those_who_may_read_it(client, rows, house):
    row = make_move(house.report(state="submitted"), "claim", by=house.data_clerk)
    seen = {}
    for person in (house.editor, house.approver, house.data_clerk):
        client.force_login(person)
        seen[person] = len(client.get(url("submission_change", row.pk)).context["trail"])
    assert seen == {house.editor: 1, house.approver: 1, house.data_clerk: 0}


def test_supporting_files_are_listed_with_their_gated_address(at_work, rows):
    row = rows.claimed()
    file = Attachment.objects.create(
        submission=row, name="方案.pdf", kind="pdf", size=2048, sha256="0" * 64, path="x.pdf"
    )
    page = at_work.get(url("submission_change", row.pk)).content.decode()
    assert f'href="{reverse("attachment", args=[file.key])}">方案.pdf</a>' in page
