"""What publishing would do, asked of the code that does it: addresses, files, mails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bulletin.finding.keeping import refresh
from bulletin.models import Edition, EditionFile
from bulletin.renderers import FORMATS
from bulletin.site.pages import Arguments, Asked, Change, Moved, Page
from bulletin.site.table import PAGES
from bulletin.site.takeaway import SHORT, size, stem

from .publication import stamp
from .telling import Letter, Occasion, letters, occasion

KINDS: Final = {
    "front": gettext_lazy("首页"),
    "about": gettext_lazy("说明"),
    "archive": gettext_lazy("往期目录"),
    "year": gettext_lazy("年度目录"),
    "issue": gettext_lazy("期"),
    "edition": gettext_lazy("旧版"),
    "item": gettext_lazy("条目"),
    "download": gettext_lazy("文件"),
    "statistics": gettext_lazy("统计"),
    "indicator": gettext_lazy("指标"),
    "indicator_year": gettext_lazy("指标（按年）"),
    "figures": gettext_lazy("数据文件"),
    "figures_year": gettext_lazy("数据文件（按年）"),
    "data": gettext_lazy("开放数据"),
    "correction": gettext_lazy("更正说明"),
    "corrections": gettext_lazy("更正目录"),
    "corrections_year": gettext_lazy("更正目录（按年）"),
    "visits": gettext_lazy("到访登记"),
    "visits_year": gettext_lazy("到访登记（按年）"),
    "person": gettext_lazy("到访人"),
    "departments": gettext_lazy("部门目录"),
    "department": gettext_lazy("部门"),
    "feed": gettext_lazy("订阅源"),
    "map": gettext_lazy("网站地图"),
    "sitemap_index": gettext_lazy("网址清单，给搜索引擎"),
    "sitemap": gettext_lazy("网址清单，给搜索引擎"),
    "sitemap_of": gettext_lazy("网址清单，给搜索引擎"),
    "robots": gettext_lazy("抓取规则，给搜索引擎"),
}


@dataclass(frozen=True, slots=True)
class Address:
    """A public page that appears (`new`) or is drawn again."""

    path: str
    kind: str
    new: bool

    @property
    def shown(self) -> str:
        """With names to be read: /monthly/departments/商务厅/."""
        return unquote(self.path)


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A download as it will be offered; `kept` is None until it is rendered."""

    label: str
    address: str
    kept: EditionFile | None

    @property
    def size(self) -> str:
        return size(self.kept.size) if self.kept else ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    what: Occasion
    replaces: Edition | None
    addresses: list[Address]
    files: list[PublicFile]
    letters: list[Letter]


def rehearse(edition: Edition) -> Rehearsal:
    """Of a proof that is not published yet. Leaves nothing written."""
    what = occasion(edition)
    public = edition.issue.publication.is_public
    return Rehearsal(
        what=what,
        replaces=Edition.objects.standing().filter(issue=edition.issue_id).first(),
        addresses=_addresses(edition) if public else [],
        files=list(_files(edition)) if public else [],
        letters=letters(edition, what),
    )


def _addresses(edition: Edition) -> list[Address]:
    """Published for a moment inside a transaction that is taken back, so that the pages are
    asked themselves which of them are there then; nobody else sees it."""
    there: list[tuple[Page, Arguments, str]] = []
    with transaction.atomic():
        row = Edition.objects.select_related("issue__publication").get(pk=edition.pk)
        row.signed_by, row.signed_at = row.signed_by or row.sent_by, row.signed_at or timezone.now()
        row.save(update_fields=["signed_by", "signed_at"])
        stamp(row)
        refresh(row.issue)
        change = Change(row.issue.publication.slug, row.year, row.number)
        for page in PAGES.values():
            for place in page.places(change):
                path = reverse(f"site:{page.name}", kwargs=dict(place))
                if _stands(page, path, place):
                    there.append((page, place, path))
        transaction.set_rollback(True)
    return [
        Address(path, str(KINDS[page.name]), not _stands(page, path, place))
        for page, place, path in there
    ]


def _stands(page: Page, path: str, place: Arguments) -> bool:
    """Whether the public finds something at the address today."""
    try:
        page.sheet(Asked(path), **place)
    except (Http404, Moved):
        return False
    return True


def _files(edition: Edition) -> Iterator[PublicFile]:
    kept = {file.format: file for file in edition.files.filter(stamp=None)}
    slug, year, number = edition.issue.publication.slug, edition.year, edition.number
    for name, form in FORMATS.items():
        if form.public:
            file = kept.get(name)
            digest = f".{file.sha256[:SHORT]}" if file else ""
            filename = f"{stem(slug, year, number)}{digest}.{form.extension}"
            yield PublicFile(
                form.label, reverse("site:download", args=[slug, year, number, filename]), file
            )
