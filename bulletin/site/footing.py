"""The foot of every page: who is responsible and how to reach them, as links where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from . import dates
from .shelf import House

_OWNERS: Final = ("主办", "主办单位")
_CODES: Final = ("网站标识码", "政府网站标识码")
_WEB: Final = re.compile(r"(?P<text>.*?)\s*(?P<url>https?://\S+)")
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()（）－-]{5,}[0-9]")
_CALLED: Final = re.compile("电话|热线|联系")
_SITE_CODE: Final = re.compile(r"[0-9A-Za-z]{10}")


@dataclass(frozen=True, slots=True)
class Told:
    """`language` is that of the label where the page's own has no word for it."""

    label: str
    text: str
    url: str = ""
    language: str = ""


def told(house: House) -> Iterator[Told]:
    """Who publishes first, unless a line of the centre's own says it."""
    labels = {label for label, _text in house.footer}
    if house.owner and labels.isdisjoint(_OWNERS):
        yield Told(_("主办"), house.owner)
    for label, text in house.footer:
        shown, url = _linked(label, text)
        name = _(label)
        foreign = name == label and dates.is_english() and not label.isascii()
        yield Told(name, shown, url, "zh-Hans" if foreign else "")


def _linked(label: str, text: str) -> tuple[str, str]:
    """What is shown and where it leads: an address that is told, a registration, a call."""
    if web := _WEB.fullmatch(text):
        return web["text"] or web["url"], web["url"]
    return text, _registered(label, text) or _reached(label, text)


def _registered(label: str, text: str) -> str:
    """Where a registration can be looked up, as the rules for sites ask it to be linked."""
    if "ICP" in label.upper():
        return "https://beian.miit.gov.cn/"
    if "公安" in label or "网安" in label:
        number = "".join(char for char in text if char.isdigit())
        return f"https://beian.mps.gov.cn/#/query/webSearch?code={number}"
    return ""


def _reached(label: str, text: str) -> str:
    """Mail and telephone; a number that is called something else is none to call."""
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    called = _CALLED.search(label) and _PHONE.fullmatch(text)
    return "tel:" + re.sub(r"[^0-9+]", "", text) if called else ""


def fault_finding(house: House) -> str:
    """Where readers tell the supervision of government sites of a fault (我为政府网站找错)."""
    codes = (text for label, text in house.footer if label in _CODES)
    code = next((text for text in codes if _SITE_CODE.fullmatch(text)), "")
    return f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={code}" if code else ""
