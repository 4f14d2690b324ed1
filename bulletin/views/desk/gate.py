"""Whose desk it is: the first line of every view. What is foreign answers like what is absent."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from bulletin.handing_in import Place
from bulletin.models import Call, Publication, Submission
from bulletin.views.desk.printed import in_print
from windows.access import get_visible, scope_of
from windows.models import ServiceWindow

if TYPE_CHECKING:
    from windows.access import Actor


@dataclass(frozen=True, slots=True)
class Desk:
    """One window's month as the person in front of it may see it."""

    place: Place
    windows: tuple[ServiceWindow, ...]

    @property
    def window(self) -> ServiceWindow:
        return self.place.window

    @property
    def query(self) -> str:
        """Which window, carried in the address by those who have several."""
        return f"?window={self.window.pk}" if len(self.windows) > 1 else ""

    @property
    def cutoff(self) -> dt.datetime | None:
        return timezone.localtime(self.place.call.cutoff) if self.place.call else None

    @property
    def previous(self) -> dt.date:
        return (self.place.first_day - dt.timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> dt.date:
        return self.place.last_day + dt.timedelta(days=1)


def own_windows(user: Actor) -> QuerySet[ServiceWindow]:
    """Windows a person acts for: their own, or all of their department."""
    scope = scope_of(user)
    return (
        ServiceWindow.objects.filter(
            Q(pk__in=scope.windows) | Q(department__in=scope.departments), is_open=True
        )
        .select_related("centre", "department")
        .prefetch_related("department__former_names")
    )


def desk_of(request: HttpRequest, year: int | None = None, month: int | None = None) -> Desk:
    """The desk of the window named in the address, or the person's first. Raises Http404."""
    windows = tuple(own_windows(request.user))
    wanted = request.GET.get("window")
    window = next((row for row in windows if wanted in (None, str(row.pk))), None)
    if window is None:
        raise Http404
    return Desk(_place(window, year, month), windows)


def own_submission(request: HttpRequest, pk: int) -> Submission:
    """A submission of one of the person's own windows. Raises Http404."""
    mine = Submission.objects.filter(window__in=own_windows(request.user).values("pk"))
    rows = mine.select_related(
        "centre",
        "publication",
        "call",
        "window__centre",
        "window__department",
        "news",
        "visit__centre",
        "visit__window__department",
        "report",
        "holder",
        "submitted_by",
        "placement__entry__issue__publication",
    )
    return get_visible(rows.prefetch_related(in_print()), request.user, pk=pk)


def desk_at(request: HttpRequest, row: Submission) -> Desk:
    """The desk a submission lies on."""
    windows = tuple(own_windows(request.user))
    window = next((own for own in windows if own.pk == row.window_id), None)
    if window is None:
        raise Http404
    calls = Call.objects.filter(publication=row.publication, year=row.year, month=row.month)
    place = Place(window, row.publication, row.year, row.month, row.call or calls.first())
    return Desk(place, windows)


def _place(window: ServiceWindow, year: int | None, month: int | None) -> Place:
    calls = list(
        Call.objects.filter(publication__centre=window.centre_id)
        .select_related("publication")
        .order_by("publication", "cutoff")
    )
    if year is None or month is None:
        call = _due(calls)
        today = timezone.localdate()
        year, month = (call.year, call.month) if call else (today.year, today.month)
    elif not (1 <= month <= 12 and 2000 <= year <= 2199):
        raise Http404
    call = next((row for row in calls if (row.year, row.month) == (year, month)), None)
    return Place(window, call.publication if call else _publication(window), year, month, call)


def _due(calls: list[Call]) -> Call | None:
    """The open call that ends next; when all have ended, the last of them."""
    opened = sorted((call for call in calls if call.is_open), key=lambda call: call.cutoff)
    ahead = (call for call in opened if call.cutoff >= timezone.now())
    return next(ahead, opened[-1] if opened else None)


def _publication(window: ServiceWindow) -> Publication:
    publication = Publication.objects.filter(centre=window.centre_id).first()
    if publication is None:
        raise Http404
    return publication
