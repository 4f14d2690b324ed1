"""What can be found is the editions in force, at every moment."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from bulletin.document import VisitRecord
from bulletin.finding.keeping import refresh
from bulletin.models import Passage, PassageName, PrintedVisit
from tests import press

pytestmark = pytest.mark.django_db


def test_every_printed_line_is_a_passage(house):
    paper = press.document(2026, 9)
    press.publish(house.publication, paper, house.editor)
    rows = Passage.objects.order_by("place").values_list("label", "text", "anchor")
    assert list(rows) == [(line.label, line.body, line.anchor) for line in paper.lines()]


def test_a_correction_takes_the_place_of_what_it_corrects(house):
    paper = press.document(2026, 9)
    old = press.publish(house.publication, paper, house.editor)
    before = Passage.objects.count()
    press.publish(house.publication, press.with_text(paper, "更正。"), house.editor, supersedes=old)
    assert Passage.objects.count() == before + 1
    assert not Passage.objects.filter(edition=old).exists()


def test_a_proof_is_not_found(house):
    refresh(press.proof(house.publication, press.document(2026, 9), house.editor).issue)
    assert not Passage.objects.exists()


def test_reindexing_changes_nothing_that_was_right_and_mends_the_rest(house, capsys):
    edition = press.publish(house.publication, press.document(2026, 9), house.editor)
    fields = ("edition", "place", "text", "folded", "section", "anchor")
    right = list(Passage.objects.order_by("place").values_list(*fields))
    Passage.objects.filter(place__gt=5).delete()
    Passage.objects.filter(place=4).update(text="错", folded="错")
    call_command("reindex")
    assert list(Passage.objects.order_by("place").values_list(*fields)) == right
    assert f"1期，{len(right)}段" in capsys.readouterr().out
    assert edition.passages.count() == len(right)


def test_visits_stand_in_the_register_with_the_item_that_tells_of_them(house):
    paper = press.document(2026, 9)
    visits = (
        VisitRecord("顾清和", "党组书记、厅长", "民政厅"),
        VisitRecord("程野", "警务专员", "公安厅"),
    )
    paper = press.with_visits(paper, visits)
    press.publish(house.publication, paper, house.editor)
    rows = PrintedVisit.objects.order_by("place").values_list("name", "anchor")
    assert list(rows) == [("顾清和", "s5-1"), ("程野", "s5-3")]
    named = PassageName.objects.filter(passage__anchor="s5-1").values_list("kind", "name")
    assert set(named) == {("person", "顾清和"), ("department", "民政厅")}
