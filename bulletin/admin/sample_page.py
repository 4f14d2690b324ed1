"""A page of made-up text, to see what the settings of a publication do to it."""

from __future__ import annotations

from typing import Final

from bulletin.document import IssueDocument, Item, Layout, Period, Section

_TEXT: Final = (
    "2月7日，省政务服务中心召开会议，部署“高效办成一件事”，要求各窗口优化流程、压减材料、"
    "缩短时限，全月办理政务服务事项3.79万件，其中全程网办2.6万件，占68.6%，企业和群众评价1036条，"
    "满意率99.2%；对“办不成事”窗口收到的27件反映，当场说明16件、协调办理11件，"
    "并上线AI导办、12345热线直转，实现“一窗受理、一网通办”。"
)
_KEPT: Final = 12


def sample(layout: Layout) -> IssueDocument:
    """Two pages and more; the second shows text from the first row to the last."""
    items = tuple(Item(_TEXT[at:] + _TEXT[:at]) for at in range(0, 8 * _KEPT, 8))
    section = Section("sample", "样张", items)
    return IssueDocument(
        "政务窗口月报", 2, Period(2025, 2), "省政务服务中心", None, (section,), (), layout=layout
    )
