"""The whole demo, loaded at once or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bulletin.models import Issue, Job, Mail, Publication
from windows.models import Centre

from .data import tables
from .days import Month
from .past import tell_figures, tell_issue, tell_restatement
from .places import build
from .present import Present
from .story import Story
from .taken_over import take_over

MONTHS_OF_FIGURES: Final = 13
# Two years, so that a line has one to be compared with.
MONTHS_OF_ISSUES: Final = 24


class DemoRefused(Exception):
    """Why the demo is not loaded, in words for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Demo:
    """The issue published last and the one in preparation."""

    publication: Publication
    published: Issue
    preparing: Issue


@transaction.atomic
def load(today: dt.date) -> Demo:
    """The demo as it stands on the morning of `today`: the month before is in preparation.

    The same day gives the same demo. Raises DemoRefused outside demo mode (its accounts have
    known passwords), and where there is a centre already.
    """
    if not settings.DEMO:
        raise DemoRefused(_("没有打开演示模式，不能装入演示账号。请用 ./run demo。"))
    if Centre.objects.exists():
        raise DemoRefused(_("数据库里已经有中心，不能再装入演示数据。"))
    cast = build()
    first = 1 + len(tables("earlier")["issues"])
    last = Month.of(today).plus(-2)
    story = Story()
    before = [last.plus(-back) for back in range(MONTHS_OF_ISSUES - 1, first - 1, -1)]
    take_over(story, cast, before)
    present = Present(cast, today)
    last = present.month.plus(-1)
    for back in range(1, MONTHS_OF_FIGURES):
        tell_figures(story, cast, last.plus(-back))
    tell_figures(story, cast, last, windows=False)
    tell_issue(story, cast, last, tables("published"), reports=True)
    for back, data in enumerate(tables("earlier")["issues"], 1):
        tell_issue(story, cast, last.plus(-back), data, reports=False)
    tell_restatement(story, cast, last.plus(-1))
    present.tell(story)
    story.tell()
    _rest()
    return Demo(cast.publication, _issue(cast.publication, last), present.issue)


def _issue(publication: Publication, month: Month) -> Issue:
    return Issue.objects.get(publication=publication, year=month.year, month=month.month)


def _rest() -> None:
    """Work of an invented past is done: no mail goes out for it, every file is there.

    Nobody is nudged either: a thread that nudges must not be at it when the server forks.
    """
    Mail.objects.update(sent_at=F("made_at"))
    Job.objects.update(state=Job.State.DONE, done_at=F("run_at"))
    transaction.get_connection().run_on_commit.clear()
