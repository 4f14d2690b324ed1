"""An issue of the usual size that is nobody's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bulletin.document import ImprintLine, IssueDocument, Item, Layout, Period, Section


def repeated(document: IssueDocument, scale: int) -> IssueDocument:
    """The document with every item `scale` times."""
    sections = tuple(replace(one, items=one.items * scale) for one in document.sections)
    return replace(document, sections=sections)


def made_up() -> IssueDocument:
    """Five sections, nineteen items of about 190 characters: the size of a usual month."""
    sentence = "2月{}日，省政务服务窗口办理事项3.79万件，推进“高效办成一件事”，优化流程、压减材料。"
    sections = tuple(
        Section(
            f"s{place}",
            f"第{place}部分工作情况",
            tuple(Item(sentence.format(place * 5 + n) * 4) for n in range(count)),
        )
        for place, count in enumerate((1, 3, 3, 7, 5))
    )
    imprint = (ImprintLine("报", "省政务管理办公室。"), ImprintLine("发", "各窗口。"))
    return IssueDocument(
        "政务窗口月报",
        2,
        Period(2025, 2),
        "省政务服务和公共资源交易服务中心",
        dt.date(2025, 3, 26),
        sections,
        imprint,
        layout=Layout(20),
    )
