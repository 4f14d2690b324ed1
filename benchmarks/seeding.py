"""A published site for the benchmarks, made inside `manage.py shell`."""

from __future__ import annotations

from tests import factories, press

SENTENCE = "各窗口优化流程、压减材料，推进“高效办成一件事”。"


def twelve_issues() -> None:
    """A year of issues of the usual size, some 3,500 characters each."""
    house = factories.House()
    for month in range(1, 13):
        paper = press.document(2026, month)
        for item in range(8):
            paper = press.with_text(paper, f"{month}月，{SENTENCE * (8 + item % 3)}")
        press.publish(house.publication, paper, house.editor)
