"""A small baked site of two months, one of them corrected: a page costs a drawing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import transaction

from bulletin import baking
from bulletin.baking import drawing
from bulletin.document import VisitRecord
from bulletin.models import Correction
from bulletin.site.looks import LOOKS
from tests import press

CAME = (VisitRecord("顾清和", "党组书记、厅长", "民政厅"),)


@pytest.fixture
def one_look(monkeypatch, settings):
    settings.BAKED = True
    monkeypatch.setattr(drawing, "LOOKS", {"": LOOKS[""]})


def short(month):
    """Two sections with an item each."""
    paper = press.document(2026, month)
    cut = tuple(replace(section, items=section.items[:1]) for section in paper.sections[:2])
    return replace(paper, sections=cut)


@pytest.fixture
def baked(one_look, house, django_capture_on_commit_callbacks):
    """The editions, oldest first; `bake_all` has been through."""
    old = press.publish(house.publication, short(1), house.editor)
    paper = press.with_text(short(1), "1月30日，更正后的一条。")
    paper = press.with_visits(paper, CAME)
    new = press.publish(house.publication, paper, house.editor, supersedes=old)
    Correction.objects.create(old=old, new=new, notice="漏排一条。", by=house.editor)
    last = press.publish(house.publication, short(2), house.editor)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        baking.bake_all()
    return [old, new, last]
