"""What stands around every page: the bar, the switches and the 版记 at the foot."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from .footing import Told, fault_finding, told
from .looks import Look
from .pages import Asked
from .shelf import House


@dataclass(frozen=True, slots=True)
class Link:
    """`hint` is told to screen readers after the text; `css` shows it in one tone only."""

    text: str
    url: str
    current: bool = False
    hint: str = ""
    css: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """`path` is the page without its look; `inner` pages carry the title in the bar; `kind` is
    what Open Graph calls it."""

    house: House
    look: Look
    path: str
    title: str
    description: str
    nav: tuple[Link, ...]
    switches: tuple[Link, ...]
    notes: tuple[Link, ...]
    inner: bool = True
    indexed: bool = True
    kind: str = "website"

    @property
    def home(self) -> str:
        return self.look.link(reverse("site:front"))

    @property
    def canonical(self) -> str:
        """Each language has its own; the other looks of a page are the same page."""
        return settings.SITE_URL + Look(english=self.look.english).link(self.path)

    @property
    def chinese(self) -> str:
        return settings.SITE_URL + self.path

    @property
    def english(self) -> str:
        return settings.SITE_URL + Look(english=True).link(self.path)

    @property
    def picture(self) -> str:
        """For cards of what is passed on: these want a whole address and no vectors."""
        return settings.SITE_URL + static("bulletin/icon-512.png")

    @property
    def imprint(self) -> tuple[tuple[Told, ...], ...]:
        """The foot, two to a line, as in the 版记 of the paper."""
        lines = tuple(told(self.house))
        return tuple(lines[at : at + 2] for at in range(0, len(lines), 2))


def frame(
    asked: Asked,
    house: House,
    *,
    title: str,
    room: str = "",
    description: str = "",
    inner: bool = True,
    indexed: bool = True,
    here: str = "",
    kind: str = "website",
) -> Frame:
    """`room` is the entry of the bar that the page belongs to, if any; `here` the address that
    another look of it has, where that is more than its path."""
    look = asked.look
    return Frame(
        house=house,
        look=look,
        path=asked.path,
        title=title,
        description=description,
        nav=_nav(house, look, room),
        switches=_switches(look, here or asked.path),
        notes=_notes(look, house),
        inner=inner,
        indexed=indexed,
        kind=kind,
    )


def _nav(house: House, look: Look, room: str) -> tuple[Link, ...]:
    links = [("issue", _("本期"), reverse("site:front"))]
    if house.slug:
        links.append(("archive", _("往期"), reverse("site:archive", args=[house.slug])))
        links.append(("statistics", _("统计"), reverse("site:statistics", args=[house.slug])))
        links.append(("search", _("检索"), reverse("site:search", args=[house.slug])))
    return tuple(Link(text, look.link(url), name == room) for name, text, url in links)


def _notes(look: Look, house: House) -> tuple[Link, ...]:
    """Under the foot: what every government site must lead to, and what readers ask for."""
    about = reverse("site:about")
    links = [(_("关于本刊"), about), (_("核对文件"), reverse("site:verify"))]
    if house.slug:
        rooms = (
            (_("到访登记"), "visits"),
            (_("部门（单位）"), "departments"),
            (_("更正"), "corrections"),
            (_("邮件订阅"), "subscribe"),
            (_("网站地图"), "map"),
        )
        links += [(text, reverse(f"site:{name}", args=[house.slug])) for text, name in rooms]
    links.append((_("开放数据"), reverse("site:data")))
    links.append((_("无障碍说明"), about + "#accessibility"))
    notes = tuple(Link(text, look.link(url)) for text, url in links)
    supervised = fault_finding(house)
    return (*notes, Link(_("我为政府网站找错"), supervised)) if supervised else notes


def _switches(look: Look, path: str) -> tuple[Link, ...]:
    """大字版, and 深色 twice: style sheets show the one for the tone the page has."""
    size = Link(
        _("大字版"),
        look.other_size().link(path),
        look.large,
        _("（已打开，再按恢复标准字号）") if look.large else "",
    )
    dark = Link(_("深色"), look.toned("dark").link(path), css="when-light")
    light = Link(
        _("深色"), look.toned("light").link(path), True, _("（已打开，再按改为浅色）"), "when-dark"
    )
    tones = {"": (dark, light), "light": (dark,), "dark": (light,)}
    other = look.other_language()
    name = "English" if other.english else "中文"
    return (size, *tones[look.tone], Link(name, other.link(path), language=other.language))
