"""Words and marks of the newsroom's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletin.models import Submission, Trail
from bulletin.pages import stand_ins
from bulletin.proofreading.difference import differences
from bulletin.timeline import action_label

register = template.Library()

# Hollow ring = under way, filled = done, diamond = wants you; always beside the word.
_NESTED: Final = str.maketrans("“”", "‘’")
TONES: Final = {
    "submitted": "waits",
    "endorsed": "waits",
    "claimed": "held",
    "returned": "wants",
    "accepted": "done",
    "declined": "quiet",
    "withdrawn": "quiet",
    "draft": "quiet",
    "open": "held",
    "proof": "held",
    "signed": "done",
    "scheduled": "done",
    "published": "done",
    "entered": "waits",
    "confirmed": "done",
    "locked": "done",
}
SEVERITIES: Final = {
    "block": ("wants", gettext_lazy("必须改")),
    "warn": ("waits", gettext_lazy("要确认")),
    "hint": ("quiet", gettext_lazy("提示")),
}

# Lead of a problem → the page where it is put right.
WAYS: Final = {
    "particulars": ("bulletin_issue_particulars", gettext_lazy("去填")),
    "inbox": ("bulletin_submission_changelist", gettext_lazy("打开收件箱")),
    "figures": ("stats_monthlyreport_changelist", gettext_lazy("看数据")),
    "leaders": ("windows_leader_changelist", gettext_lazy("打开名录")),
    "leader": ("windows_leader_change", gettext_lazy("打开名录")),
    "submission": ("bulletin_submission_change", gettext_lazy("看来稿")),
}


@register.simple_tag
def faces_lacking() -> str:
    """What the machine lacks for the printed page, in a sentence; empty when nothing."""
    names = stand_ins()
    if not names:
        return ""
    return _("缺%(names)s，用别的字体代替。请管理员装上公文字体，办法见运维手册。") % {
        "names": names
    }


def mark(tone: str, word: object) -> SafeString:
    return format_html('<span class="st st-{}">{}</span>', tone, word)


@register.simple_tag
def state(row: Any) -> SafeString:
    """The state of a submission, an issue or a report as mark and word."""
    return mark(TONES[row.state], row.get_state_display())


@register.filter
def headline(row: Submission) -> str:
    """What a submission is, in a line: counts have no text to quote."""
    if row.kind != Submission.Kind.REPORT:
        return row.headline + ("…" if len(row.text) > len(row.headline) else "")
    nil = _("，零报告") if row.report and row.report.nil else ""
    return _("%(y)s年%(m)s月数据") % {"y": row.year, "m": row.month} + nil


@register.simple_tag
def severity(name: str) -> SafeString:
    tone, word = SEVERITIES[name]
    return mark(tone, word)


@register.simple_tag
def pieces(old: str, new: str, show: str = "both") -> SafeString:
    """The differences as `<del>` and `<ins>`; `show` is old, new or both."""
    hidden = {"old": "ins", "new": "del"}.get(show)
    return format_html_join(
        "",
        "{}",
        (
            (_piece(piece.kind, piece.text),)
            for piece in differences(old, new)
            if piece.kind != hidden
        ),
    )


def _piece(kind: str, text: str) -> SafeString | str:
    if kind == "same":
        return text
    return format_html("<del>{}</del>" if kind == "del" else "<ins>{}</ins>", text)


@register.filter
def nested(words: str) -> str:
    """Words that are put in quotation marks: their own become single ones (GB/T 15834 4.8.3.4)."""
    return words.translate(_NESTED)


@register.filter
def deed(row: Trail) -> str:
    """退回修改: what a trail row says was done."""
    return action_label(row.subject, row.action)


@register.filter
def moment(at: dt.datetime | None) -> str:
    """今天 08:12, 昨天 16:40, 3月5日 09:48, or with the year when it is another."""
    if at is None:
        return ""
    local, today = timezone.localtime(at), timezone.localdate()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return _("今天 %(clock)s") % {"clock": clock}
    if local.date() == today - dt.timedelta(days=1):
        return _("昨天 %(clock)s") % {"clock": clock}
    year = "" if local.year == today.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {clock}"


@register.filter
def since(at: dt.datetime | None) -> str:
    """How long ago in one unit: 2天, 18小时."""
    if at is None:
        return ""
    seconds = int((timezone.now() - at).total_seconds())
    for size, word in ((86400, _("天")), (3600, _("小时")), (60, _("分钟"))):
        if seconds >= size:
            return f"{seconds // size}{word}"
    return _("刚刚")


@register.filter
def day(date: dt.date | None) -> str:
    return f"{date.month}月{date.day}日" if date else ""


@register.filter
def yes_or_no(shown: str) -> str:
    """What is only looked at: Django's mark of a yes or no, told in words beside it."""
    for value, word in (("True", _("是")), ("False", _("否"))):
        if shown.startswith("<img") and shown.endswith(f'alt="{value}">'):
            return word
    return shown


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)


@register.filter
def of_severity(problems: Iterable[Any], name: str) -> list[Any]:
    return [problem for problem in problems if problem.severity == name]


@register.filter
def of_standing(shown: Iterable[Any]) -> bool:
    """Whether any of the problems is more than a hint and nobody answers for it."""
    return any(one.stands and one.problem.severity != "hint" for one in shown)


@register.simple_tag
def way_of(problem: Any, issue: Any) -> dict[str, str] | None:
    """Where a problem is put right when its own line does not say: address and words."""
    if problem.lead not in WAYS:
        return None
    name, words = WAYS[problem.lead]
    own = {"particulars": issue.pk, "submission": problem.lead_id, "leader": problem.lead_id}
    args = [own[problem.lead]] if problem.lead in own else []
    return {"url": reverse(f"admin:{name}", args=args), "words": str(words)}


@register.filter
def svg(value: float, add: float = 0.0) -> str:
    """A length for an SVG attribute: two decimals, a point whatever the language."""
    return f"{value + float(add):.2f}"


@register.simple_tag
def excerpt(old: str, new: str, around: int = 12) -> SafeString:
    """The differences with a little of what stands around them; … for what is left out."""
    shown = differences(old, new)
    last = len(shown) - 1
    return format_html_join(
        "",
        "{}",
        (
            (_piece(piece.kind, _shortened(piece.text, around, at == 0, at == last)),)
            if piece.kind == "same"
            else (_piece(piece.kind, piece.text),)
            for at, piece in enumerate(shown)
        ),
    )


def _shortened(text: str, around: int, first: bool, last: bool) -> str:
    if len(text) <= 2 * around:
        return text
    if first:
        return "…" + text[-around:]
    return text[:around] + "…" if last else f"{text[:around]}…{text[-around:]}"
