"""The paragraphs themselves: proofreading, characters without a font, items much alike."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import gettext as _

from bulletin.checking import proofreading_context
from bulletin.document import IssueDocument
from bulletin.models import Entry, Issue
from bulletin.pages import entry_lines
from bulletin.proofreading import problems as proofreading
from bulletin.proofreading.rules import check_text
from bulletin.proofreading.similarity import Duplicate, duplicates, grams, likeness
from bulletin.renderers.limits import beyond
from bulletin.typeset import Uncovered, uncovered
from windows.models import Department

from .case import Case
from .problems import Problem

GLYPHS = 20  # lost characters named one by one; more are no rare names but a missing font
ISSUES = 12  # how far back an item may have been told already
# On the same day, from two departments: from here on it may be one event told twice. In a
# clean issue no two items reach 0.111.
SAME_EVENT = 0.2


@dataclass(frozen=True, slots=True)
class _Known:
    """What a centre's rules are told, to be remembered by: equal where every part is."""

    parts: tuple[object, ...]
    context: proofreading.Context = field(compare=False)


def glyphs(case: Case) -> Iterator[Problem]:
    """What cannot be set, and characters no font has, which would be lost (typesetting 2)."""
    for reason in beyond(case.document):
        yield Problem("limit", "block", reason)
    lost = _uncovered(case.document)
    lines = entry_lines(case.document, [entry.pk for entry in case.entries])
    entries = {line: pk for pk, line in lines.items()}
    for one in lost[:GLYPHS]:
        yield _lost(one, entries.get(one.line) if one.start >= 0 else None)
    if len(lost) > GLYPHS:
        yield Problem(
            "glyph",
            "block",
            _(
                "还有%(count)s处的字没有字体能印。像是没装中文字体，请管理员装上公文字体，办法见运维手册。"
            )
            % {"count": len(lost) - GLYPHS},
        )


def _lost(one: Uncovered, entry: int | None) -> Problem:
    return Problem(
        "glyph",
        "block",
        _("%(where)s的“%(char)s”没有字体能印，请换字或装字体。")
        % {"where": one.where, "char": one.char},
        entry_id=entry,
        start=one.start if entry else None,
        end=one.start + 1 if entry else None,
    )


@lru_cache(maxsize=8)
def _uncovered(document: IssueDocument) -> tuple[Uncovered, ...]:
    return uncovered(document)


def texts(case: Case) -> Iterator[Problem]:
    """The proofreading rules over every paragraph (domain.md section 2)."""
    issue = case.issue
    known = _known(
        proofreading_context(
            issue.centre, year=issue.year, month=issue.month, month_to=issue.month_to
        )
    )
    for entry in case.entries:
        for found in _checked(entry.text, known):
            yield Problem(
                f"rule-{found.rule}",
                found.severity,
                found.message,
                entry_id=entry.pk,
                start=found.start,
                end=found.end,
                suggestion=found.suggestion,
                auto=found.auto,
            )


def _known(context: proofreading.Context) -> _Known:
    aliases = tuple(sorted(context.aliases.items()))
    months = (context.year, context.month, context.month_to, context.days_off)
    return _Known((*months, context.departments, aliases, context.leaders), context)


@lru_cache(maxsize=2048)
def _checked(text: str, known: _Known) -> tuple[proofreading.Problem, ...]:
    """A text is read by the rules once, as long as the centre's names stay what they are."""
    return tuple(check_text(text, known.context))


def alike(case: Case) -> Iterator[Problem]:
    """Rule 42: items that tell much the same, here or in the last twelve issues.

    Of each item the nearest is named: what many items share is no square of them.
    """
    items = [entry for entry in case.entries if entry.kind == Entry.Kind.NEWS]
    earlier = _earlier(case.issue)
    found = _duplicates(
        tuple(entry.text for entry in items), tuple(entry.text for entry in earlier)
    )
    for one in _nearest(found):
        other = earlier[one.second] if one.earlier else items[one.second]
        yield _told_twice(items[one.first], other, one)
    yield from _same_event(items, {(one.first, one.second) for one in found if not one.earlier})


def _nearest(found: Sequence[Duplicate]) -> list[Duplicate]:
    """Of what each item resembles in earlier issues, and among those before it in this one."""
    best: dict[tuple[bool, int], Duplicate] = {}
    for one in found:
        item = (one.earlier, one.first if one.earlier else one.second)
        if item not in best or best[item].score < one.score:
            best[item] = one
    return list(best.values())


def _earlier(issue: Issue) -> list[Entry]:
    before = Q(year__lt=issue.year) | Q(year=issue.year, month__lt=issue.month)
    issues = Issue.objects.filter(before, publication=issue.publication_id)
    last = issues.order_by("-year", "-month").values("pk")[:ISSUES]
    rows = Entry.objects.filter(issue__in=last)
    return list(rows.filter(kind=Entry.Kind.NEWS).select_related("issue").order_by("pk"))


@lru_cache(maxsize=8)
def _duplicates(ours: tuple[str, ...], earlier: tuple[str, ...]) -> tuple[Duplicate, ...]:
    return tuple(duplicates(ours, earlier))


def _told_twice(one: Entry, other: Entry, found: Duplicate) -> Problem:
    share = round(found.score * 100)
    if found.earlier:
        words = {"issue": other.issue.number_label, "year": other.issue.year, "share": share}
        return Problem(
            "alike-earlier",
            "warn",
            _("与%(year)s年%(issue)s登过的一条有%(share)s%%相同：“%(text)s”。")
            % {**words, "text": other.text[:20]},
            entry_id=one.pk,
        )
    words = {"one": other.text[:20], "other": one.text[:20], "share": share}
    return Problem(
        "alike",
        found.severity,
        _("“%(one)s”与“%(other)s”有%(share)s%%相同。") % words,
        entry_id=other.pk,
        other_id=one.pk,
    )


def _same_event(items: Sequence[Entry], told: set[tuple[int, int]]) -> Iterator[Problem]:
    """Two windows, one event: the same day, other departments, some of the words."""
    days: dict[dt.date, list[tuple[int, set[Department]]]] = defaultdict(list)
    for second, other in enumerate(items):
        if other.date is None:
            continue
        theirs = set(other.departments.all())
        likest = max(
            (
                (likeness(grams(items[first].text), grams(other.text)), -first)
                for first, ours in days[other.date]
                if ours != theirs and (first, second) not in told
            ),
            default=(0.0, 0),
        )
        if likest[0] >= SAME_EVENT:
            yield _one_event(items[-likest[1]], other)
        days[other.date].append((second, theirs))


def _one_event(one: Entry, other: Entry) -> Problem:
    return Problem(
        "same-event",
        "warn",
        _("“%(one)s”与“%(other)s”像是同一件事，可以合并。")
        % {"one": other.text[:20], "other": one.text[:20]},
        entry_id=other.pk,
        other_id=one.pk,
    )
