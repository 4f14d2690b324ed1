"""From a kept submission to its form, and what stands beside each form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from bulletin.forms.counts import CountsForm
from bulletin.forms.news import NewsForm
from bulletin.forms.visits import VisitForm
from bulletin.handing_in import Counts, News, Place, Visit, read_back
from bulletin.models import Submission
from bulletin.views.desk.deadlines import day_words, deadline
from bulletin.views.desk.gate import Desk
from bulletin.views.desk.status import chiefs_of, last_reasons
from windows.models import LeaderVisit

AnyForm: TypeAlias = NewsForm | VisitForm | CountsForm

TEMPLATES: Final = {
    "news": "desk/news.html",
    "visit": "desk/visit.html",
    "report": "desk/counts.html",
}


def _news(data: Any, place: Place, row: Submission | None, *, strict: bool, extra: int) -> AnyForm:
    kept = read_back(row) if row else None
    if not isinstance(kept, News):
        return NewsForm(data, place=place, strict=strict)
    initial = {"section_key": kept.section_key, "subject": kept.subject, "text": kept.text}
    return NewsForm(data, place=place, strict=strict, day=kept.date, initial=initial)


def _visit(data: Any, place: Place, row: Submission | None, *, strict: bool, extra: int) -> AnyForm:
    kept = read_back(row) if row else None
    if not isinstance(kept, Visit):
        return VisitForm(data, place=place, strict=strict, extra=extra)
    other = kept.window is not None and kept.window != place.window
    initial = {
        "where": "other" if other else "own",
        "other_window": str(kept.window.pk) if kept.window and other else "",
        "kind": kept.kind,
        "opening": kept.opening,
        "remarks": kept.remarks,
    }
    return VisitForm(
        data,
        place=place,
        strict=strict,
        extra=extra,
        day=kept.date,
        people=kept.people,
        initial=initial,
    )


def _counts(
    data: Any, place: Place, row: Submission | None, *, strict: bool, extra: int
) -> AnyForm:
    kept = read_back(row) if row else None
    counts = kept if isinstance(kept, Counts) else None
    return CountsForm(data, place=place, strict=strict, counts=counts)


BUILDERS: Final[dict[str, Callable[..., AnyForm]]] = {
    "news": _news,
    "visit": _visit,
    "report": _counts,
}


def aside(desk: Desk, kind: str, form: AnyForm, row: Submission | None) -> dict[str, Any]:
    """The quiet column: who will see it, what is asked for, why it came back."""
    centre = desk.window.centre
    review = desk.window.needs_endorsement
    call = desk.place.call
    returned = row is not None and row.state == "returned"
    day = None if isinstance(form, CountsForm) else form.date
    return {
        "due": deadline(centre, desk.cutoff),
        "chiefs": chiefs_of(desk.window.department) if review else "",
        "topics": [line for line in call.topics.splitlines() if line.strip()] if call else [],
        "reason": last_reasons([row]).get(row.pk) if row and returned else None,
        "day_words": day_words(centre, day) if day else "",
        "visits": _visits(desk, row) if kind == "visit" else [],
    }


def _visits(desk: Desk, row: Submission | None) -> list[LeaderVisit]:
    """What this window has reported already, so that nobody is reported twice."""
    place = desk.place
    rows = LeaderVisit.objects.filter(submission__window=place.window).exclude(
        submission__state="withdrawn"
    )
    others = rows.exclude(submission=row) if row else rows
    month = others.filter(submission__year=place.year, submission__month=place.month)
    return list(month.prefetch_related("visitors"))
