"""A printed issue read back into rows: sections, entries, figures, visits, imprint.

What cannot be recognised is kept as it is and reported in `Imported.notes`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from bulletin.models import (
    Entry,
    EntrySource,
    ImprintTemplate,
    Issue,
    Publication,
    Section,
    SectionTemplate,
    Submission,
)
from bulletin.models.publications import SectionKind
from bulletin.moves import leave_trail, make_move
from bulletin.narrating import narrative_of
from bulletin.proofreading.decoding import decode
from bulletin.proofreading.parsed import (
    Note,
    ParsedIssue,
    ParsedItem,
    ParsedSection,
    ParsedVisit,
    ParseError,
)
from bulletin.proofreading.parsing import parse_issue
from stats.defaults import INDICATORS
from stats.models import Figure, Indicator, MonthlyReport
from windows.models import Centre, Department, LeaderVisit, ServiceWindow, Visitor

_SPECS: Final = {spec.key: spec for spec in INDICATORS}
_SECTION_KINDS: Final = {"key_work": SectionKind.PROGRESS, "leader_visits": SectionKind.VISITS}
_ENTRY_KINDS: Final = {
    "visit": Entry.Kind.VISIT,
    "duty": Entry.Kind.DUTY,
    "narrative": Entry.Kind.NARRATIVE,
}


@dataclass(slots=True)
class Imported:
    issue: Issue
    notes: list[Note] = field(default_factory=list)


def import_issue(data: bytes, *, slug: str = "monthly") -> Imported:
    """Read the bytes of a printed issue's text into a new issue; all of it or nothing.

    The publication is made when absent. Raises ParseError with what to do, also
    when the issue is there already.
    """
    text = decode(data)
    with transaction.atomic():
        publication = Publication.objects.filter(slug=slug).first()
        names = _department_names(publication)
        parsed = parse_issue(text, departments=names)
        if publication is None:
            publication = _make_publication(parsed, slug)
        return _Importer(publication, parsed).run()


def _department_names(publication: Publication | None) -> list[str]:
    centre = publication.centre if publication else Centre.objects.first()
    return list(Department.objects.filter(centre=centre).values_list("short_name", flat=True))


def _make_publication(parsed: ParsedIssue, slug: str) -> Publication:
    """A publication after the printed issue: its masthead, sections and imprint."""
    centre = Centre.objects.first() or Centre.objects.create(
        official_name=parsed.issuer, short_name=parsed.issuer[:60], slug="centre"
    )
    publication = Publication.objects.create(
        centre=centre,
        slug=slug,
        title=parsed.masthead,
        issuer=parsed.issuer,
        narrative=parsed.template,
    )
    for section in parsed.sections:
        SectionTemplate.objects.create(
            publication=publication,
            key=section.key,
            heading=_heading_template(section.heading, parsed),
            kind=_section_kind(section),
            position=section.order,
        )
    for position, line in enumerate(parsed.imprint, 1):
        ImprintTemplate.objects.create(
            publication=publication, label=line.label, text=line.text, position=position
        )
    return publication


def _heading_template(heading: str, parsed: ParsedIssue) -> str:
    period = parsed.period
    return heading.replace(f"{period.year}年{period.months}月", "{y}年{m}月")


def _section_kind(section: ParsedSection) -> str:
    if not section.numbered:
        return SectionKind.STATS
    return _SECTION_KINDS.get(section.key, SectionKind.NEWS)


@dataclass(slots=True)
class _Importer:
    publication: Publication
    parsed: ParsedIssue
    notes: list[Note] = field(default_factory=list)

    def run(self) -> Imported:
        self.notes.extend(self.parsed.notes)
        issue = self._issue()
        for section in self.parsed.sections:
            self._section(issue, section)
        self._figures(issue)
        leave_trail(issue, "import_issue", by=None, data={"notes": len(self.notes)})
        return Imported(issue, self.notes)

    def _issue(self) -> Issue:
        parsed, period = self.parsed, self.parsed.period
        same = Issue.objects.filter(publication=self.publication, year=period.year)
        if same.filter(number=parsed.number).exists() or same.filter(month=period.month).exists():
            raise ParseError(
                _("%(year)s年第%(number)s期已经在库里，没有再导入。要重新导入请先删去原来的。")
                % {"year": period.year, "number": parsed.number}
            )
        return Issue.objects.create(
            publication=self.publication,
            year=period.year,
            month=period.month,
            month_to=period.month_to,
            number=parsed.number,
            number_to=parsed.number_to,
            issued_on=parsed.issued_on,
            title=parsed.masthead,
            issuer=parsed.issuer,
            imprint=[[line.label, line.text] for line in parsed.imprint],
            narrative=parsed.template if period.month_to is None else "",
        )

    def _section(self, issue: Issue, parsed: ParsedSection) -> None:
        section = Section.objects.create(
            issue=issue,
            key=parsed.key,
            heading=parsed.heading,
            kind=_section_kind(parsed),
            position=parsed.order,
            print_when_empty=not parsed.items,
        )
        for position, item in enumerate(parsed.items, 1):
            entry = Entry.objects.create(
                issue=issue,
                section=section,
                position=position,
                kind=_ENTRY_KINDS.get(item.kind, Entry.Kind.NEWS),
                date=item.date,
                text=item.text,
            )
            entry.departments.set(self._departments(item))
            if item.visit:
                self._visit(issue, entry, item.visit)

    def _departments(self, item: ParsedItem) -> list[Department]:
        rows = Department.objects.filter(
            centre=self.publication.centre, short_name__in=item.departments
        )
        return list(rows)

    def _visit(self, issue: Issue, entry: Entry, parsed: ParsedVisit) -> None:
        window = ServiceWindow.objects.filter(
            centre=self.publication.centre, department__short_name=parsed.window
        ).first()
        visit = LeaderVisit.objects.create(
            centre=self.publication.centre,
            window=window,
            year=issue.year,
            month=parsed.date.month if parsed.date else issue.month,
            date=parsed.date,
            kind=parsed.kind,
            opening=parsed.opening,
            remarks=parsed.remarks,
        )
        for position, person in enumerate(parsed.visitors, 1):
            Visitor.objects.create(
                visit=visit,
                position=position,
                department_name=person.department,
                post=person.post,
                name=person.name,
            )
        submission = Submission.objects.create(
            centre=self.publication.centre,
            publication=self.publication,
            window=window,
            year=issue.year,
            month=issue.month,
            kind=Submission.Kind.VISIT,
            visit=visit,
            handed_in=entry.text,
        )
        make_move(submission, "record", by=None)
        EntrySource.objects.create(entry=entry, submission=submission)

    def _figures(self, issue: Issue) -> None:
        """The centre's own report of the month, each figure as precise as its print."""
        if not self.parsed.figures:
            return
        if issue.month_to is not None:
            reason = _("合刊的数据不能分到各月，没有记入月度数据；文字照印。")
            self.notes.append(Note(self.parsed.sections[0].label, "", reason))
            return
        report = MonthlyReport.objects.filter(
            centre=issue.centre, window=None, year=issue.year, month=issue.month
        ).first()
        if report is not None:
            reason = _("这个月的数据已经在库里，没有改动；文字照印。")
            self.notes.append(Note(self.parsed.sections[0].label, "", reason))
            return
        report = MonthlyReport.objects.create(
            centre=issue.centre, year=issue.year, month=issue.month
        )
        for figure in self.parsed.figures:
            Figure.objects.create(
                report=report,
                indicator=self._indicator(issue.centre, figure.key),
                value=figure.value,
                precision=max(1, figure.high - figure.low),
                source="print",
            )
        make_move(report, "confirm", by=None)
        self._bind_narrative(issue)

    def _indicator(self, centre: Centre, key: str) -> Indicator:
        """The centre's indicator of that key, made after the default set and the print."""
        found = Indicator.objects.filter(centre=centre, key=key).first()
        if found:
            return found
        figure = next(f for f in self.parsed.figures if f.key == key)
        spec = _SPECS.get(key)
        values = dataclasses.asdict(spec) if spec else {"label": figure.label}
        values |= {
            "key": key,
            "unit": values.get("unit", figure.base_unit),
            "print_unit": figure.unit.lstrip("万亿"),
            "scale": figure.scale,
            "decimals": figure.decimals,
        }
        order = Indicator.objects.filter(centre=centre).count() + 1
        return Indicator.objects.create(centre=centre, order=order, **values)

    def _bind_narrative(self, issue: Issue) -> None:
        """Let the paragraph follow its figures, when they say just what is printed."""
        entry = issue.entries.filter(kind=Entry.Kind.NARRATIVE).first()
        told = narrative_of(issue)
        if entry is None:
            return
        if told.sentence and told.sentence.text == entry.text:
            entry.composed = entry.text
            entry.save(update_fields=["composed"])
            return
        reason = told.reason or _("由数据写成的段落与印的不同，照印的保留。")
        self.notes.append(Note(self.parsed.sections[0].label, entry.text[:20], reason))
