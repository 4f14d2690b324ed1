"""Law 2: one function changes state, by the table, and leaves a trail."""

from __future__ import annotations

import pytest

from bulletin.models import Job, Mail, Trail
from bulletin.moves import MoveRefused, make_move, possible_moves
from bulletin.workflow import FIGURES, ISSUE, REVIEW
from tests.factories import House, IssueFactory, standing_edition
from windows.roles import LABELS

CELLS = [
    (table, state, move, role)
    for table in (REVIEW, ISSUE, FIGURES)
    for state in table.states
    for move in table.moves
    for role in LABELS
]


def make_subject(house, table, state):
    if table is REVIEW:
        return house.news(state=state, holder=None)
    if table is ISSUE:
        return IssueFactory(publication=house.publication, state=state)
    report = house.report(state="submitted").report
    report.state = state
    report.save()
    return report


@pytest.mark.parametrize(
    ("table", "state", "move", "role"),
    CELLS,
    ids=[f"{t.subject}-{s}-{m.name}-{r}" for t, s, m, r in CELLS],
)
def test_a_move_is_made_just_where_the_table_has_it(house, table, state, move, role):
    subject = make_subject(house, table, state)
    person = house.everyone()[role]
    if state == "claimed":
        subject.holder = person
        subject.save()
    if "has_public_edition" in move.requires:
        standing_edition(subject, house.approver)
    legal = state in move.sources and role in move.roles
    if move.name in {"claim", "release", "accept", "take_back", "return"} and role == "data_clerk":
        legal = False  # news is not theirs; reports are tested below
    if move.name == "return" and role == "chief_representative":
        legal = state == "submitted"
    if legal:
        assert make_move(subject, move.name, by=person, note="理由").state == move.target
        assert Trail.objects.count() == 1
    else:
        with pytest.raises(MoveRefused):
            make_move(subject, move.name, by=person, note="理由")
        subject.refresh_from_db()
        assert subject.state == state
        assert Trail.objects.count() == 0


@pytest.mark.parametrize("name", ["correct", "abandon_correction", "withdraw"])
@pytest.mark.parametrize("state", ISSUE.states)
def test_without_a_public_edition_there_is_nothing_to_correct_or_withdraw(house, name, state):
    issue = IssueFactory(publication=house.publication, state=state)
    for person in house.everyone().values():
        with pytest.raises(MoveRefused):
            make_move(issue, name, by=person, note="理由")
    issue.refresh_from_db()
    assert issue.state == state


def test_a_data_clerk_claims_and_accepts_a_report(house):
    report = house.report(state="submitted")
    claimed = make_move(report, "claim", by=house.data_clerk)
    assert claimed.holder == house.data_clerk
    assert make_move(claimed, "accept", by=house.data_clerk).state == "accepted"


@pytest.mark.parametrize("name", ["return", "decline"])
def test_a_reason_is_asked_for(house, name):
    with pytest.raises(MoveRefused, match="理由"):
        make_move(house.news(state="submitted"), name, by=house.editor, note="  ")


def test_what_another_editor_holds_is_left_alone(house):
    news = house.news(state="claimed", holder=house.editor)
    with pytest.raises(MoveRefused, match="手里"):
        make_move(news, "accept", by=house.other_editor)


def test_a_window_that_asks_for_endorsement_waits_for_its_chief(house):
    house.window.needs_endorsement = True
    house.window.save()
    news = house.news(state="submitted")
    with pytest.raises(MoveRefused, match="首席代表"):
        make_move(news, "claim", by=house.editor)
    endorsed = make_move(news, "endorse", by=house.chief)
    assert make_move(endorsed, "claim", by=house.editor).state == "claimed"


def test_the_submitter_is_told_of_a_return_once(house):
    news = house.news(state="submitted")
    make_move(news, "return", by=house.editor, note="请写具体日期。")
    mail = Mail.objects.get()
    assert mail.to == house.clerk.email
    assert "请写具体日期。" in mail.body
    assert Job.objects.filter(kind="mail").count() == 1


def test_buttons_are_read_from_the_table(house):
    news = house.news(state="submitted")
    assert [m.name for m in possible_moves(news, house.editor)] == ["claim", "return", "decline"]
    assert [m.name for m in possible_moves(news, house.clerk)] == ["recall", "withdraw"]


def test_a_stranger_of_another_centre_moves_nothing(house):

    stranger = House(slug="other").editor
    with pytest.raises(MoveRefused):
        make_move(house.news(state="submitted"), "claim", by=stranger)


def test_a_text_handed_in_again_is_not_hidden_by_the_editors_old_copy(house):
    news = house.news(state="returned", edited="编辑改过的旧稿。", handed_in="窗口的新稿。")
    assert make_move(news, "submit", by=house.clerk).text == "窗口的新稿。"


def test_counts_are_returned_and_never_declined(house):
    report = house.report(state="submitted")
    with pytest.raises(MoveRefused, match="退回修改"):
        make_move(report, "decline", by=house.editor, note="不对。")
