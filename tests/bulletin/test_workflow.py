"""The tables of moves: a wrong one fails at import, and the docs show the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin.workflow import WORKFLOWS, Move, Workflow
from windows.roles import EDITOR

ARCHITECTURE = Path(__file__).resolve().parents[2] / "docs" / "architecture.md"


def table(*moves: Move, initial: str = "draft") -> Workflow:
    return Workflow("thing", {"draft": "草稿", "done": "完成"}, initial, moves)


def move(name="finish", source="draft", target="done", role=EDITOR) -> Move:
    return Move(name, "完成", frozenset({source}), target, frozenset({role}), "完成。")


def test_a_sound_table_is_accepted():
    assert table(move()).move("finish").target == "done"


@pytest.mark.parametrize(
    ("moves", "initial", "words"),
    [
        ((move(), move()), "draft", "share a name"),
        ((move(),), "nowhere", "unknown initial"),
        ((move(source="nowhere"),), "draft", "unknown states"),
        ((move(role="nobody"),), "draft", "unknown roles"),
        ((move(target="draft"),), "draft", "no move leads to"),
    ],
)
def test_a_wrong_table_fails_at_import(moves, initial, words):
    with pytest.raises(ValueError, match=words):
        table(*moves, initial=initial)


def test_the_documented_diagram_has_every_arrow_of_the_tables():
    text = ARCHITECTURE.read_text(encoding="utf-8")
    arrows = [
        f"    {source} --> {m.target}: {m.label}"
        for workflow in WORKFLOWS.values()
        for m in workflow.moves
        for source in m.sources
    ]
    assert [arrow for arrow in arrows if arrow not in text] == []
    assert text.count(" --> ") == len(arrows) + len(WORKFLOWS)  # one start each
