"""The headings belong to the issue."""

from __future__ import annotations

import pytest

from bulletin.assembly import (
    add_section,
    build_document,
    move_section,
    place_entry,
    remove_section,
    rename_section,
)
from bulletin.models import SectionTemplate
from bulletin.moves import MoveRefused


def headings(issue) -> list[str]:
    rows = list(issue.sections.order_by("position"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.heading for row in rows]


def test_one_issue_has_an_extra_heading_and_the_publication_does_not(month):
    section = add_section(month.issue, by=month.by, heading="  专题：  以旧换新 ")
    place_entry(month.entries[0], by=month.by, section=section, position=1)
    assert headings(month.issue)[-1] == "专题： 以旧换新"
    assert build_document(month.issue).sections[-1].heading == "专题： 以旧换新"
    assert SectionTemplate.objects.count() == 5


def test_headings_are_renamed_and_put_in_order(month):
    last = month.issue.sections.last()
    rename_section(last, by=month.by, heading="领导到访", print_when_empty=True)
    move_section(last, by=month.by, position=2)
    assert headings(month.issue)[1] == "领导到访"
    assert "领导到访" in build_document(month.issue).text  # empty, printed as set
    move_section(last, by=month.by, position=99)
    assert headings(month.issue)[-1] == "领导到访"


def test_only_an_empty_one_is_taken_out(month):
    with pytest.raises(MoveRefused, match="还有条目"):
        remove_section(month.section("window_news"), by=month.by)
    remove_section(month.section("politics"), by=month.by)
    assert len(headings(month.issue)) == 4


@pytest.mark.parametrize("typed", ["", "  ", "题" * 61])
def test_a_heading_that_cannot_be_printed_is_refused(month, typed):
    with pytest.raises(MoveRefused):
        add_section(month.issue, by=month.by, heading=typed)
