"""A news item: when, where it goes, and what happened in one paragraph."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from bulletin.checking import proofreading_context
from bulletin.composing import news_text
from bulletin.forms.base import LONGEST, Choice, DayForm, offer
from bulletin.handing_in import News, Place
from bulletin.models import NewsItem, SectionTemplate
from bulletin.models.publications import SectionKind
from bulletin.proofreading.cleaning import Cleaned, clean
from bulletin.proofreading.rules import RULE, check_text

TOO_LONG: Final = _("最多%(limit_value)d字，现在有%(show_value)d字，请删减或分成几条报。")
NOT_ASKED: Final = frozenset({29, 48})  # what the form itself sees to
ALL_BUT_VAGUE: Final = frozenset(RULE) - {23}
MOST_NOTICED: Final = 5
CLOSING: Final = "。！？”）…"
HINTS: Final[dict[str, Any]] = {
    "window_news": _("窗口做的事：新服务、活动、便民做法"),
    SectionKind.NEWS: _("省级会议、部署、培训"),
    SectionKind.PROGRESS: _("列入年度重点的工作，写到月底的进展，不写日期"),
}


def sections_of(place: Place) -> list[SectionTemplate]:
    """Where news may go, the windows' own section first."""
    kinds = [SectionKind.NEWS, SectionKind.PROGRESS]
    rows = place.publication.section_templates.filter(kind__in=kinds)
    return sorted(rows, key=lambda row: (row.key != "window_news", row.position))


def subjects_of(place: Place) -> list[tuple[str, str]]:
    name = place.window.department.name_on(place.last_day)
    return [
        (f"{name}窗口", f"{name}窗口"),
        (f"{name}行政审批处", f"{name}行政审批处"),
        (name, name),
        ("", str(_("不加，正文里自己写"))),
    ]


class ParagraphMixin:
    """One paragraph that is cleaned on the way in, unless the writer has undone that."""

    data: Any
    cleaned: Cleaned
    typed = ""

    def tidy(self, name: str, text: str) -> str:
        """The cleaned text, shown in the field too; what was typed is kept beside it."""
        if self.data.get("keep_typed"):
            return text
        self.cleaned, self.typed = clean(text), text
        if not self.cleaned.changes:
            self._recall(self.data.get("typed", ""))
        else:
            self.data = self.data.copy()
            self.data[name] = self.cleaned.text
        return self.cleaned.text

    def _recall(self, typed: str) -> None:
        """What was said about the cleaning stays on the page until the text is changed."""
        before = clean(typed[:LONGEST])
        if before.changes and before.text == self.cleaned.text:
            self.cleaned, self.typed = before, typed

    @property
    def noticed(self) -> list[str]:
        """What an editor would ask about; said while writing, never in the way."""
        self.full_clean_once()  # type: ignore[attr-defined]  # a DeskForm
        before, text = self.printed() if self.is_bound else ("", "")  # type: ignore[attr-defined]
        if not text:
            return []
        place = self.place  # type: ignore[attr-defined]
        context = proofreading_context(place.window.centre, year=place.year, month=place.month)
        found = check_text(text, context, off=ALL_BUT_VAGUE)  # the day in front hides it
        found += check_text(before + text, context, off=NOT_ASKED)
        messages = [problem.message for problem in found]
        return list(dict.fromkeys(messages))[:MOST_NOTICED]

    @property
    def tidied(self) -> str:
        """What the cleaning did, in one sentence; empty when nothing."""
        words = _("文字已整理：%(summary)s。")
        return words % {"summary": self.cleaned.summary} if self.cleaned.changes else ""

    @property
    def repairs(self) -> int:
        return sum(change.count for change in self.cleaned.changes)


class NewsForm(ParagraphMixin, DayForm):
    section_key = forms.ChoiceField(label=_("放在哪个栏目？"), widget=forms.RadioSelect)
    subject = forms.ChoiceField(label=_("开头怎么称呼？"), required=False, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("发生了什么？"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 7, "class": "song", "data-count": ""}),
        error_messages={"max_length": TOO_LONG},
        help_text=_("一段话，日期和称呼由系统加在最前面。可以从 Word、微信、PDF 直接粘贴。"),
    )
    keep_typed = forms.BooleanField(label=_("按我写的，不要整理"), required=False)

    def __init__(self, *args: Any, place: Place, **kw: Any) -> None:
        super().__init__(*args, place=place, **kw)
        self.cleaned = Cleaned("")
        self.sections = sections_of(place)
        subjects = subjects_of(place)
        rows = [(row.key, Choice(row.heading, _hint(row))) for row in self.sections]
        offer(self, "section_key", rows or [("window_news", _("窗口资讯"))])
        offer(self, "subject", [*subjects, *_kept(self.initial.get("subject"), subjects)])
        self.fields["section_key"].initial = rows[0][0] if rows else "window_news"
        self.fields["subject"].initial = subjects[0][0]

    def clean_text(self) -> str:
        return self.tidy("text", self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self._progress():
            self.cleaned_data["date"] = None  # rule 1.1.5: the section prints no dates
        self.require("text", str(_("请写下发生了什么，例如“推出企业备案当日办结。”")))
        text = self.cleaned_data.get("text") or ""
        if self.strict and text:
            self._check_paragraph(text)
        return self.cleaned_data

    def _check_paragraph(self, text: str) -> None:
        count = len([line for line in text.split("\n") if line.strip()])
        if count > 1:
            words = _("一条资讯只有一段，现在有%(count)d段，请合成一段或分成几条报。")
            self.add_error("text", words % {"count": count})
        elif text.rstrip()[-1] not in CLOSING:
            self.add_error("text", _("正文最后缺句号，请看看是否粘贴完整。"))

    def day_is_needed(self) -> bool:
        return not self._progress()

    def _progress(self) -> bool:
        key = self.cleaned_data.get("section_key")
        return any(row.key == key and row.kind == SectionKind.PROGRESS for row in self.sections)

    def written(self) -> News:
        data = self.cleaned_data
        return News(data["section_key"], data["date"], data["subject"], data["text"])

    def printed(self) -> tuple[str, str]:
        """As it will be printed: what the system writes in front, and the rest."""
        if not (self["text"].value() or "").strip():
            return "", ""
        date = self.date  # cleans first
        text = (self["text"].value() or "").strip()
        whole = news_text(NewsItem(date=date, subject=self["subject"].value() or "", text=text))
        before = max(whole.find(text), 0)
        return whole[:before], whole[before:]


def _hint(row: SectionTemplate) -> str:
    return str(HINTS.get(row.key) or HINTS.get(row.kind) or "")


def _kept(subject: str | None, known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The subject of an older draft stays on offer when the department was renamed since."""
    if not subject or subject in dict(known):
        return []
    return [(subject, subject)]
