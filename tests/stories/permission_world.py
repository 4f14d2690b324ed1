"""Two centres with everything in them, and one signed-in browser for each role of each."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import resolve

from bulletin.assembly import collect, drop_entry, open_issue
from bulletin.models import (
    Call,
    Comment,
    Commission,
    Edition,
    Entry,
    Issue,
    Publication,
    ReturnedCopy,
    Submission,
)
from bulletin.models.comments import Discussable, subject_of
from bulletin.moves import make_move
from bulletin.publishing import make_link, publish, send_proof, sign
from bulletin.uploads.keeping import attach
from stats.models import FigureImport, MonthlyReport
from tests.bulletin.uploads.files import photo
from tests.factories import (
    DepartmentFactory,
    FigureFactory,
    House,
    IndicatorFactory,
    LeaderFactory,
    ReportFactory,
    StaffFactory,
    WindowFactory,
)
from windows.models import ServiceWindow, WorkDay
from windows.roles import WINDOW

PLACES = ("own", "same department", "other department", "other centre")
ABSENT = 99_999_999
SECRET = "乙地机密"  # stands in every row of the other centre
NEXT_DOOR = "隔壁内情"  # stands in every row of the windows beside

Objects = dict[str, list[dict[str, Any]]]
"""Kind of object → the arguments of an address, one for each of PLACES; or own and foreign."""


class World:
    def __init__(self) -> None:
        self.house = House("monthly")
        self.other = _foreign_house()
        self.clients = {
            stranger: _browsers(house)
            for stranger, house in ((False, self.house), (True, self.other))
        }
        self.anonymous = Client()
        self.objects = _objects(self.house, self.other)


def _foreign_house() -> House:
    house = House("elsewhere")
    house.centre.short_name = house.centre.official_name = SECRET + "中心"
    house.centre.save()
    house.department.short_name = house.department.official_name = SECRET + "厅"
    house.department.save()
    house.window.name = SECRET + "窗口"
    house.window.save()
    return house


def _browsers(house: House) -> dict[str, Client]:
    browsers = {}
    for role, user in house.everyone().items():
        browsers[role] = Client(raise_request_exception=True)
        browsers[role].force_login(user)
    return browsers


def _objects(house: House, other: House) -> Objects:
    beside = WindowFactory(department=house.department, name="商务厅二号窗口")
    department = DepartmentFactory(centre=house.centre, short_name="民政厅")
    elsewhere = WindowFactory(department=department, name="民政厅窗口")
    places = [
        (house, house.window, "商务厅窗口推出企业备案当日办结。"),
        (house, beside, NEXT_DOOR),
        (house, elsewhere, NEXT_DOOR),
        (other, other.window, SECRET),
    ]
    drafts = [_news(h, w, text, state="draft") for h, w, text in places]
    files = [attach(row, ContentFile(photo(), "照片.jpg"), house.clerk) for row in drafts]
    found: Objects = {
        "submission": [{"pk": _news(*place).pk} for place in places],
        "draft": [{"pk": row.pk} for row in drafts],
        "attachment": [{"key": row.key} for row in files],
        "monthlyreport": [{"object_id": ReportFactory(window=w).pk} for _h, w, _t in places],
    }
    for kind in ("submission", "draft"):
        rows = [Submission.objects.get(**row) for row in found[kind]]
        found[f"{kind} comment"] = [_comment_on(row) for row in rows]
        found[f"said of {kind}"] = [_said_of(row) for row in rows]
    reports = [MonthlyReport.objects.get(pk=row["object_id"]) for row in found["monthlyreport"]]
    found["report comment"] = [_comment_on(row) for row in reports]
    found["said of report"] = [_said_of(row) for row in reports]
    found["review"] = [{"object_id": row["pk"]} for row in found["submission"]]
    found["draft review"] = [{"object_id": row["pk"]} for row in found["draft"]]
    for at in (house, other):
        for kind, arguments in _of_centre(at).items():
            found.setdefault(kind, []).append(arguments)
    return found


def _news(house: House, window: ServiceWindow, text: str, state: str = "submitted") -> Submission:
    return house.news(window=window, text=text, state=state)


def _of_centre(house: House) -> dict[str, dict[str, Any]]:
    """What belongs to a centre as a whole."""
    issue, edition = _issue(house, 2), _proof(house, 3)
    entry = Entry.objects.filter(issue=issue).first()
    assert entry is not None
    rows: dict[str, Any] = {
        "call": house.call(month=5),
        "publication": house.publication,
        "indicator": IndicatorFactory(centre=house.centre, label=f"{house.department}指标"),
        "user": house.clerk,
        "centre": house.centre,
        "department": house.department,
        "servicewindow": house.window,
        "leader": LeaderFactory(department=house.department),
        "staff": StaffFactory(centre=house.centre, role=WINDOW, window=house.window),
        "workday": WorkDay.objects.create(
            centre=house.centre, date=dt.date(2026, 2, 28), is_working=True
        ),
        "figure import": FigureImport.objects.create(
            centre=house.centre, by=house.data_clerk, stored="x", name="表.xlsx", year=2026, month=2
        ),
        "issue row": issue,
        "edition row": edition,
    }
    link, address = make_link(edition, person=house.approver, by=house.editor)
    return {
        **{kind: {"object_id": row.pk} for kind, row in rows.items()},
        "link": {"token": resolve(address).kwargs["token"]},
        "kept link": {"pk": edition.pk, "link": link.pk},
        "user id": {"id": house.clerk.pk},
        "asked": {"pk": rows["call"].pk},
        "commission": {"pk": rows["call"].pk, "commission": _commission(rows["call"], house)},
        "issue": {"pk": issue.pk},
        **_said(issue=issue, entry=entry, edition=edition, call=rows["call"]),
        "returned copy": _returned(issue, house),
        "edition": {"pk": edition.pk},
        "entry": {"pk": issue.pk, "entry": entry.pk},
        **_of_an_issue(house, issue, entry),
        "published": _address(house, _published(house)),
        "unpublished": _address(house, 2),
    }


def _commission(call: Call, house: House) -> int:
    fields = {"call": call, "window": house.window, "due": call.cutoff}
    return Commission.objects.create(topic="以旧换新", **fields).pk


def _of_an_issue(house: House, issue: Issue, entry: Entry) -> dict[str, dict[str, Any]]:
    """What stands in an issue, was taken out of it, or waits for it."""
    for text in ("又一条。", "第三条。"):
        house.news(text=text, state="accepted", month=issue.month)
    collect(issue, by=house.editor)
    pair, other = issue.entries.exclude(pk=entry.pk).order_by("pk")
    third = drop_entry(other, by=house.editor)
    section = issue.sections.first()
    assert section is not None
    return {
        "aside": {"pk": issue.pk, "aside": third.pk},
        "waiting": {"pk": issue.pk, "submission": third.submissions.get().pk},
        "entry pair": {"pk": issue.pk, "entry": entry.pk, "other": pair.pk},
        "section": {"pk": issue.pk, "section": section.pk},
    }


def _said(**rows: Any) -> dict[str, dict[str, Any]]:
    return {f"{kind} comment": _comment_on(row) for kind, row in rows.items()} | {
        f"said of {kind}": _said_of(row) for kind, row in rows.items()
    }


def _said_of(row: Discussable) -> dict[str, Any]:
    return {"subject": subject_of(row), "pk": row.pk}


def _comment_on(row: Discussable) -> dict[str, Any]:
    about = {subject_of(row): row}
    return {"pk": Comment.objects.create(centre=row.centre, text="核对。", **about).pk}


def _address(house: House, number: int) -> dict[str, Any]:
    slug = house.publication.slug
    return {"slug": slug, "year": 2026, "number": number, "filename": f"{slug}-2026-{number}.txt"}


def _issue(house: House, month: int) -> Issue:
    text = (
        SECRET + "的事。"
        if house.centre.short_name.startswith(SECRET)
        else "推出企业备案当日办结。"
    )
    house.news(text=text, state="accepted", month=month, date=dt.date(2026, month, 3))
    issue = open_issue(house.publication, year=2026, month=month, by=house.editor)
    Issue.objects.filter(pk=issue.pk).update(issued_on=dt.date(2026, month + 1, 25))
    collect(issue, by=house.editor)
    issue.refresh_from_db()
    return issue


def _proof(house: House, month: int) -> Edition:
    return send_proof(_issue(house, month), by=house.editor)


def _published(house: House) -> int:
    _tell_figures(house, 1)
    house.visit(state="accepted", month=1, date=dt.date(2026, 1, 6))
    edition = _proof(house, 1)
    Publication.objects.filter(pk=house.publication.pk).update(narrative="")
    house.publication.narrative = ""
    sign(edition, by=house.approver, digest=edition.digest)
    return publish(edition.issue, by=house.publisher).issue.number


def _tell_figures(house: House, month: int) -> None:
    """One figure, given by the centre itself, and the sentence that prints it."""
    indicator = IndicatorFactory(centre=house.centre, key="told", label="受理")
    report = MonthlyReport.objects.create(centre=house.centre, year=2026, month=month)
    FigureFactory(report=report, indicator=indicator)
    make_move(report, "confirm", by=house.data_clerk)
    house.publication.narrative = "{m}月，受理{told}。"
    house.publication.save()


def _returned(issue: Issue, house: House) -> dict[str, Any]:
    copy = ReturnedCopy.objects.create(issue=issue, name="改稿.docx", by=house.editor)
    return {"pk": issue.pk, "copy": copy.pk}


def absent(kind: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The address of an object of that kind that does not exist."""
    return {
        name: uuid.UUID(int=0) if name == "key" else "absent" if name == "slug" else ABSENT
        for name in arguments
    } | {name: arguments[name] for name in ("year", "subject") if name in arguments}
