"""An issue opened, filled, put in order and sent, by buttons that need no script."""

from __future__ import annotations

import datetime as dt

from django.contrib.messages import get_messages

from bulletin.assembly.particulars import change_particulars
from bulletin.models import Entry, Issue
from tests.factories import House, SectionFactory
from tests.newsroom import TEXT, Newsroom, url


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def order(issue: Issue) -> list[int]:
    return list(
        issue.entries.order_by("section__position", "position").values_list("pk", flat=True)
    )


def three(rows: Newsroom) -> list[Entry]:
    rows.accepted()
    rows.accepted()
    return list(rows.issue.entries.order_by("position"))


def test_the_form_knows_the_next_issue(at_work, rows):
    assert rows.issue
    form = at_work.get(url("issue_add")).context["form"]
    known = {name: form[name].value() for name in ("year", "month", "number", "issued_on")}
    day = dt.date(2026, 4, 27)  # the last came out on the 25th; in April that is a Saturday
    assert known == {"year": 2026, "month": 3, "number": None, "issued_on": day}
    assert form["number"].help_text == "不填就接着排，现在轮到第3期。"


def test_an_issue_is_opened_with_the_publications_sections(at_work, house):
    month = {"publication": house.publication.pk, "year": 2026, "month": 2, "number": 2}
    answer = at_work.post(url("issue_add"), month)
    issue = Issue.objects.get()
    assert answer.url == url("issue_change", issue.pk)
    assert issue.sections.count() == 5


def test_a_month_that_has_an_issue_is_refused_at_the_form(at_work, rows, house):
    month = {"publication": house.publication.pk, "year": 2026, "month": 2, "number": 2}
    assert rows.issue
    answer = at_work.post(url("issue_add"), month)
    assert answer.context["form"].non_field_errors()
    assert Issue.objects.count() == 1


def test_another_centres_publication_is_no_choice(at_work, house):
    other = House(slug="other").publication
    month = {"publication": other.pk, "year": 2026, "month": 2, "number": 2}
    assert "publication" in at_work.post(url("issue_add"), month).context["form"].errors
    assert not Issue.objects.exists()


def test_collecting_says_what_was_placed(at_work, rows):
    issue = rows.issue
    rows.accepted()
    waiting = at_work.get(url("issue_change", issue.pk)).context["waiting"]
    assert len(waiting) == 1
    assert said(at_work.post(url("issue_collect", issue.pk)))[0] == "编入1条，重写0段。"


def test_entries_move_up_and_down(at_work, rows):
    first, second, third = three(rows)
    place = url("issue_place", rows.issue.pk, third.pk)
    at_work.post(place, {"go": "up"})
    assert order(rows.issue) == [first.pk, third.pk, second.pk]
    at_work.post(place, {"go": "down"})
    assert order(rows.issue) == [first.pk, second.pk, third.pk]


def test_an_entry_moves_to_another_section(at_work, rows):
    target = rows.issue.sections.get(key="politics")
    place = url("issue_place", rows.issue.pk, rows.entry.pk)
    at_work.post(place, {"go": "section", "section": target.pk})
    assert Entry.objects.get(pk=rows.entry.pk).section == target


def test_another_issues_section_is_absent(at_work, rows):
    place = url("issue_place", rows.issue.pk, rows.entry.pk)
    answer = at_work.post(place, {"go": "section", "section": SectionFactory().pk})
    assert answer.status_code == 404


def test_an_entry_is_edited_and_a_stale_save_shows_both_texts(at_work, rows):
    at = url("issue_entry", rows.issue.pk, rows.entry.pk)
    version = rows.entry.version
    at_work.post(at, {"text": "2月3日，商务厅窗口改了一处。", "version": version})
    answer = at_work.post(at, {"text": "旧的。", "version": version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert Entry.objects.get().text == "2月3日，商务厅窗口改了一处。"
    assert "2月3日，商务厅窗口改了一处。" in page
    assert ">旧的。</textarea>" in page


def test_a_text_beyond_the_limit_is_refused_and_shown_again(at_work, rows):
    at = url("issue_entry", rows.issue.pk, rows.entry.pk)
    answer = at_work.post(at, {"text": "政" * 20_001, "version": rows.entry.version})
    assert answer.context["refused"] == "正文有20001字，最多20000字。请删减或分成几条。"
    assert answer.context["text"] == "政" * 20_001
    assert Entry.objects.get().text == TEXT


def test_a_dropped_entry_waits_again(at_work, rows):
    at_work.post(url("issue_drop", rows.issue.pk, rows.entry.pk))
    page = at_work.get(url("issue_change", rows.issue.pk))
    assert not rows.issue.entries.exists()
    assert [row.text for row in page.context["waiting"]] == [TEXT]


def test_the_list_tells_where_each_entry_is_printed(at_work, rows):
    page = at_work.get(url("issue_change", rows.issue.pk))
    assert page.context["sections"][3].entries[0].place.page == 1
    assert page.context["sections"][3].label == "一、"
    assert [part.label for part in page.context["sections"]][:3] == ["", "", ""]


def test_blocked_sending_is_said_in_a_sentence_and_the_button_is_off(at_work, rows, house):
    change_particulars(rows.issue, by=house.editor, issued_on=None, number=2, number_to=None)
    page = at_work.get(url("issue_change", rows.issue.pk)).content.decode()
    assert "还不能送签：1处必须改" in page
    assert "必须改的改好以后，才能按“送签”。" in page
    assert 'aria-describedby="standing"' in page
    assert 'default" disabled' in page
    answer = at_work.post(url("issue_send", rows.issue.pk))
    assert said(answer) == ["还不能送签：还没有填印发日期。"]


def test_date_and_number_are_changed_on_their_own_page(at_work, rows):
    at = url("issue_particulars", rows.issue.pk)
    at_work.post(at, {"issued_on": "2026-03-26", "number": "3", "number_to": ""})
    issue = Issue.objects.get()
    assert (str(issue.issued_on), issue.number) == ("2026-03-26", 3)
    bad = at_work.post(at, {"issued_on": "2026-02-30", "number": "3"})
    assert "issued_on" in bad.context["form"].errors


def test_a_change_after_sending_voids_the_proof(at_work, rows):
    edition = rows.edition
    at = url("issue_entry", rows.issue.pk, rows.entry.pk)
    at_work.post(at, {"text": "2月3日，商务厅窗口改了一处。", "version": rows.entry.version})
    edition.refresh_from_db()
    assert edition.voided_at
    assert Issue.objects.get().state == "open"


def test_the_draft_is_named_as_not_final(at_work, rows):
    answer = at_work.get(url("issue_draft", rows.issue.pk, "txt"))
    assert TEXT in answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert at_work.get(url("issue_draft", rows.issue.pk, "exe")).status_code == 404


def test_pages_are_outlines_and_end_with_the_last(at_work, rows):
    page = at_work.get(url("issue_page", rows.issue.pk, 1))
    assert page["Content-Type"] == "image/svg+xml"
    assert b"<path" in page.content
    assert b"<text" not in page.content
    assert at_work.get(url("issue_page", rows.issue.pk, 9)).status_code == 404
    assert at_work.get(url("issue_page", rows.issue.pk, 0)).status_code == 404


def test_what_changed_since_the_last_proof_is_one_difference(at_work, rows):
    at = url("issue_change", rows.issue.pk)
    assert "号校样以来" not in at_work.get(at).content.decode()
    assert rows.edition
    assert "自第1号校样以来没有改动" in at_work.get(at).content.decode()
    entry = rows.entry
    for text in ("2月3日，商务厅窗口改了一次。", TEXT.replace("43", "58")):  # twice, shown once
        entry.refresh_from_db()
        at_work.post(
            url("issue_entry", rows.issue.pk, entry.pk), {"text": text, "version": entry.version}
        )
    page = at_work.get(at).content.decode()
    assert "自第1号校样以来改了1处" in page
    assert "<del>43</del><ins>58</ins>" in page
