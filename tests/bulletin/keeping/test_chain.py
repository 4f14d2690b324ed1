"""`verify_trail` finds what was changed in the database behind the program's back."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bulletin.keeping.chain import Break, first_break
from bulletin.models import ChainHead, Edition, Trail
from bulletin.moves import leave_trail
from tests.factories import IssueFactory, standing_edition

ROWS = 6
TRIGGERS = {
    "sqlite": ("trail_no_update", "trail_no_delete"),
    "postgresql": ("trail_no_change",),
}


@pytest.fixture
def chain(house):
    """A centre with six rows, and the triggers out of the way until the test is rolled back."""
    for number in range(ROWS):
        leave_trail(house.publication, f"step_{number + 1}", by=house.editor)
    suffix = " ON bulletin_trail" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in TRIGGERS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER {name}{suffix}")
    return house.centre


def row(centre, serial):
    return Trail.objects.filter(centre=centre, serial=serial)


def test_a_sound_chain_has_no_break(chain, capsys):
    assert first_break(chain) is None
    call_command("verify_trail")
    assert "6条，完好" in capsys.readouterr().out


def test_a_centre_without_rows_is_sound(house):
    assert first_break(house.centre) is None


@pytest.mark.parametrize(
    "change",
    [{"note": "另一个理由"}, {"actor_name": "别人"}, {"actor_id": None}, {"data": {"n": 1}}],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_row_is_found(chain, change):
    row(chain, 3).update(**change)
    assert first_break(chain) == Break(3, "内容被改过。")


def test_an_edited_row_with_a_new_digest_does_not_carry_on_the_chain(chain):
    edited = row(chain, 3).get()
    edited.note = "另一个理由"
    row(chain, 3).update(note=edited.note, digest=edited.compute_digest())
    assert first_break(chain) == Break(4, "接不上前一条：前一条被换过或删去。")


def test_a_deleted_row_is_found(chain):
    row(chain, 4).delete()
    assert first_break(chain) == Break(4, "不见了，后面接的是第5条。")


def test_a_deleted_row_is_found_when_the_others_close_up(chain):
    row(chain, 4).delete()
    for serial in (5, 6):
        row(chain, serial).update(serial=serial - 1)
    assert first_break(chain) == Break(4, "接不上前一条：前一条被换过或删去。")


@pytest.mark.parametrize(("left", "right"), [(2, 3), (1, 5)])
def test_swapped_rows_are_found(chain, left, right):
    row(chain, left).update(serial=999)
    row(chain, right).update(serial=left)
    row(chain, 999).update(serial=right)
    assert first_break(chain) == Break(left, "次序被调换。")


def test_a_tail_cut_off_is_found(chain):
    row(chain, 6).delete()
    row(chain, 5).delete()
    assert first_break(chain) == Break(5, "不见了，末尾少2条。")


def test_a_last_row_written_anew_differs_from_the_head(chain):
    last = row(chain, 6).get()
    last.note = "另一个理由"
    row(chain, 6).update(note=last.note, digest=last.compute_digest())
    assert first_break(chain) == Break(6, "最后一条与链头的指纹不符。")


def test_a_row_the_head_does_not_know_is_found(chain):
    known = row(chain, 5).get()
    ChainHead.objects.filter(centre=chain).update(count=5, digest=known.digest)
    assert first_break(chain) == Break(6, "链头没有记下这一条。")


def cut_off(centre, last):
    """Tail and head cut together, so that the chain looks whole by itself."""
    Trail.objects.filter(centre=centre, serial__gt=last).delete()
    ChainHead.objects.filter(centre=centre).update(
        count=last, digest=Trail.objects.get(centre=centre, serial=last).digest
    )


def published(house, centre):
    head = ChainHead.objects.get(centre=centre)
    edition = standing_edition(IssueFactory(publication=house.publication), house.approver)
    Edition.objects.filter(pk=edition.pk).update(trail_count=head.count, trail_digest=head.digest)
    return edition


def test_a_tail_cut_off_with_its_head_is_found_by_the_anchor_of_an_edition(house, chain):
    edition = published(house, chain)
    assert first_break(chain) is None
    cut_off(chain, 4)
    assert first_break(chain) == Break(5, f"不见了：{edition}发布时记下的末尾2条没有了。")


def test_without_an_anchor_such_a_cut_is_not_seen(chain):
    """Why the anchor is kept."""
    cut_off(chain, 4)
    assert first_break(chain) is None


def test_a_tail_written_anew_after_the_cut_differs_from_the_anchor(house, chain):
    edition = published(house, chain)
    cut_off(chain, 4)
    for _again in range(3):
        leave_trail(house.publication, "another_step", by=house.editor)
    assert first_break(chain) == Break(6, f"与{edition}发布时记下的指纹不符。")


def test_the_command_names_the_row_and_fails(chain, capsys):
    row(chain, 2).update(note="另一个理由")
    with pytest.raises(CommandError) as failure:
        call_command("verify_trail")
    assert failure.value.returncode == 1
    assert "第2条内容被改过。" in capsys.readouterr().out
