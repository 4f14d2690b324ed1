"""Documents to print: the issue of February 2025, small ones, and any that hypothesis makes."""

import datetime as dt
import json

from hypothesis import strategies as st

from bulletin.document import ImprintLine, IssueDocument, Item, Layout, Period, Section
from tests.shared import SHARED

PAGE_BREAKS = "page_breaks"


def february_data():
    return json.loads((SHARED / "data" / "issue-2025-02.json").read_text())


def february(rows=20):
    """The printed issue No. 2 of 2025 as a document, 20 rows a page as it was printed."""
    data = february_data()
    head = data["masthead"]
    imprint = [entry["text_print"].split("：", 1) for entry in data["colophon"].values()]
    return IssueDocument(
        masthead=head["title"],
        number=head["issue_no"],
        period=Period(2025, 2),
        issuer=head["publisher"],
        issued_on=dt.date.fromisoformat(head["publish_date"]),
        sections=tuple(_section(section) for section in data["sections"]),
        imprint=tuple(ImprintLine(label, text) for label, text in imprint),
        layout=Layout(rows=rows),
    )


def _section(raw):
    items = [Item(text, "stats") for text in raw["paragraphs"]]
    for item in raw["items"]:
        items.append(Item(item["text_print"].removeprefix(item["numeral_print"]), item["kind"]))
    return Section(raw["key"], raw["heading"], tuple(items), numbered=not raw["paragraphs"])


def small(*texts, **fields):
    """A document with one section of the given items."""
    content = {
        "masthead": "政务窗口月报",
        "number": 3,
        "period": Period(2025, 3),
        "issuer": "省政务服务中心",
        "issued_on": dt.date(2025, 4, 2),
        "sections": (Section("news", "窗口资讯", tuple(Item(text) for text in texts)),),
        "imprint": (ImprintLine("报", "省领导。"),),
    }
    return IssueDocument(**{**content, **fields})


PROSE = st.text(
    alphabet="政务服务窗口月报万件年月日镕䶮㛃𬭎😀é0123456789.%+-/abcXYZ "
    "，。、；：？！“”‘’（）《》—…·～％",
    max_size=160,
)
ANYTHING = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=40
)
LONG = st.integers(1, 90).flatmap(
    lambda size: st.sampled_from(["A" * size, "1" * size, "（" * size])
)
TEXTS = st.one_of(PROSE, ANYTHING, LONG, st.tuples(PROSE, LONG, PROSE).map("".join))
SECTIONS = st.builds(
    Section,
    st.just("key"),
    TEXTS,
    st.lists(st.builds(Item, TEXTS), max_size=6).map(tuple),
    st.booleans(),
)
DOCUMENTS = st.builds(
    IssueDocument,
    masthead=st.one_of(PROSE.map(lambda text: text[:40]), ANYTHING),
    number=st.integers(1, 24),
    period=st.builds(Period, st.just(2025), st.integers(1, 12)),
    issuer=TEXTS.map(lambda text: text[:60]),
    issued_on=st.one_of(st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))),
    sections=st.lists(SECTIONS, max_size=4).map(tuple),
    imprint=st.lists(
        st.builds(ImprintLine, st.sampled_from(["报", "送", "发", "抄送"]), TEXTS), max_size=4
    ).map(tuple),
    layout=st.builds(Layout, st.sampled_from([12, 20, 22, 30]), st.sampled_from([20, 28, 36])),
)
