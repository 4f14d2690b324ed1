"""The issue that is rendered: of the demo's invented province, as long as a usual month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from bulletin.document import IssueDocument, Item

USUAL: Final = Path(__file__).with_name("issue.json")
PRIMER: Final = (
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
    "金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔龙师火帝鸟官人皇"
    "始制文字乃服衣裳推位让国有虞陶唐吊民伐罪周发殷汤坐朝问道"
)
"""More than a hundred common characters, none of them twice."""
FURTHER: Final = (
    "垂拱平章爱育黎首臣伏戎羌遐迩体率宾归王鸣凤在竹白驹食场化被草木赖及万方盖此身常恭惟鞠养"
    "岂敢毁伤女慕贞洁男效才良知过必改得能莫忘罔谈彼短靡恃己长信使可覆器欲难量墨悲丝染诗赞羔羊"
)


def repeated(document: IssueDocument, scale: int) -> IssueDocument:
    """The document with every item `scale` times, no two of them with the same text."""
    copies = ("", *PRIMER[: scale - 1])
    return _with_items(document, copies)


def changed(document: IssueDocument, run: int) -> IssueDocument:
    """Another issue of the same size: every paragraph and the set of characters differ."""
    text = document.text
    fresh = [char for char in FURTHER if char not in text]
    return _with_items(document, fresh[run % len(fresh)])


def _with_items(document: IssueDocument, marks: Sequence[str]) -> IssueDocument:
    """Every item once for each mark, which is put before its text."""
    sections = (
        replace(
            section, items=tuple(_marked(item, mark) for mark in marks for item in section.items)
        )
        for section in document.sections
    )
    return replace(document, sections=tuple(sections))


def _marked(item: Item, mark: str) -> Item:
    return replace(item, text=mark + item.text)
