"""The verification page: what is in hand is genuine, superseded, withdrawn or not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletin.finding.verifying import Found
from bulletin.models import Edition
from bulletin.renderers import FORMATS
from bulletin.verification import LENGTH, BadCode

from . import dates
from .frame import Link, frame
from .looks import Look
from .pages import Asked
from .shelf import House
from .takeaway import grouped


@dataclass(frozen=True, slots=True)
class Result:
    """`css` is the verdict; `title` says it in words."""

    css: str
    title: str
    told: str
    link: Link | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class VerifyPage:
    typed: str
    view: str
    result: Result | None
    refused: str = ""


def verify_words(
    asked: Asked, house: House, typed: str, found: Found | None, refused: str = ""
) -> dict[str, Any]:
    title = _("核对手中的文件 %s") % house.name
    around = frame(asked, house, title=title, room="verify", indexed=not typed)
    result = _result(found, asked.look) if found else None
    return {"frame": around, "page": VerifyPage(typed, asked.look.view, result, refused)}


def _result(found: Found, look: Look) -> Result:
    edition = found.edition
    if edition is None:
        return _unknown(found)
    words = {"name": _name(found), "date": _day(edition)}
    link = _link(edition, look)
    digest = grouped(edition.digest)
    if found.verdict == "withdrawn":
        told = _("%(name)s由本刊于%(date)s发布，后来撤下：") % words + edition.withdraw_reason
        return Result("withdrawn", _("已经撤下"), told, None, digest)
    if found.verdict == "superseded":
        told = _("%(name)s由本刊于%(date)s发布，后来作了更正，请勿再引用。") % words
        return Result("superseded", _("已被更正取代"), told, link, digest)
    told = _("%(name)s由本刊于%(date)s发布，是现行版本，一字未改。") % words
    return Result("genuine", _("是本刊发布的原件"), told, link, digest)


def _unknown(found: Found) -> Result:
    if found.bad:
        return Result("unknown", _("验证码不对"), _what_is_wrong(found.bad))
    told = _(
        "本刊发布过的文件里没有这一份。另存、转换或者打印后再扫描的文件，摘要会变，"
        "请改用末页印的验证码核对；仍对不上的，以本站所载为准。"
    )
    return Result("unknown", _("不是本刊发布的文件"), told)


def _what_is_wrong(bad: BadCode) -> str:
    told = {
        "length": _("验证码是%(length)s个字母或数字，现在是%(seen)s个。请对照末页再输一次。"),
        "character": _("验证码里没有“%(seen)s”这个字符。请对照末页再输一次。"),
        "check": _("验证码有一处不对。请对照末页逐字再看一遍。"),
    }
    return told[bad.wrong] % {"length": LENGTH, "seen": bad.seen}


def _name(found: Found) -> str:
    """政务窗口月报2026年第9期的 PDF 文件."""
    assert found.edition is not None  # noqa: S101  the caller has looked
    document = found.edition.document
    words = {
        "title": document.masthead,
        "year": document.period.year,
        "number": dates.number(document),
    }
    name = _("《%(title)s》%(year)s年%(number)s") % words
    if found.file is None:
        return name
    return _("%(name)s的%(format)s文件") % {
        "name": name,
        "format": f" {_(FORMATS[found.file.format].label)} ",
    }


def _day(edition: Edition) -> str:
    assert edition.published_at is not None  # noqa: S101  only published editions are found
    return dates.moment(edition.published_at)


def _link(edition: Edition, look: Look) -> Link:
    slug = edition.issue.publication.slug
    url = reverse("site:issue", args=[slug, edition.year, edition.number])
    return Link(_("阅读现行版本"), look.link(url))
