"""What the assembly page of one issue shows; a fixed number of queries, however long it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bulletin.assembly import build_document, last_step, next_issue, waiting
from bulletin.changes import changed_lines
from bulletin.document import IssueDocument, numeral
from bulletin.models import Aside, Entry, Issue, Section, Waiver
from bulletin.models.publications import SectionKind
from bulletin.moves import possible_moves, refusal
from bulletin.pages import Place, entry_lines, entry_places, finder, pages, rows_left
from bulletin.proofs import active_proof
from bulletin.publishing import public_edition
from bulletin.readiness import Problem, blocks, check_issue
from bulletin.timeline import issue_timeline
from bulletin.waivers import acknowledged
from bulletin.workflow import ISSUE
from windows.models import User


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem with its number, the one its pin has, and who answers for it."""

    number: int
    problem: Problem
    waiver: Waiver | None

    @property
    def stands(self) -> bool:
        return self.waiver is None


@dataclass(slots=True)
class ShownEntry:
    """One line of the list; `parts` were merged into it, `carried` says where it came from."""

    row: Entry
    label: str
    first: bool
    last: bool
    place: Place | None
    problems: list[ShownProblem]
    parts: list[Aside]
    carried: Aside | None


@dataclass(slots=True)
class ShownSection:
    row: Section
    label: str
    entries: list[ShownEntry] = field(default_factory=list)
    problems: list[ShownProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pin:
    """A mark in the margin beside the row a problem is on; all lengths in points."""

    label: str
    severity: str
    y: float


@dataclass(frozen=True, slots=True)
class Underline:
    """Under the words a problem is about."""

    severity: str
    x: float
    y: float
    width: float


def assembly_context(issue: Issue, user: User) -> dict[str, Any]:
    document = build_document(issue)
    found = check_issue(issue, document)
    shown = _shown(found, acknowledged(issue, found))
    sections = list(issue.sections.order_by("position"))
    entries = list(
        issue.entries.order_by("section__position", "position").prefetch_related(
            "parts__issue", "parts__submissions__window__department"
        )
    )
    order = [entry.pk for entry in entries]
    proof = active_proof(issue)
    last = issue.editions.order_by("-proof_no").first()
    editable = issue.state in {"open", "proof"} and _edits(user)
    return {
        "issue": issue,
        "document": document,
        "sections": shown_sections(sections, entries, entry_places(document, order), shown),
        "shown_problems": shown,
        "problems": found,
        "loose": [one for one in shown if not (one.problem.entry_id or one.problem.section_id)],
        "blocking": blocks(found),
        "unanswered": [one for one in shown if one.stands and one.problem.severity == "warn"],
        "answered": [one for one in shown if not one.stands],
        **_beside(issue),
        "pages": shown_pages(document, entry_lines(document, order), shown),
        "rows_left": rows_left(document),
        "digest": document.digest,
        "proof": proof,
        "last_proof": last,
        "since_proof": changed_lines(last.document, document) if last else (),
        "revocable": issue.state in {"signed", "scheduled"} and _edits(user),
        "standing": public_edition(issue),
        "editable": editable,
        "last_step": last_step(issue, user) if editable else None,
        **_sending(issue, user),
        "trail": issue_timeline(user, issue, most=12),
        "trail_of": f"issue:{issue.pk}",
    }


def _sending(issue: Issue, user: User) -> dict[str, Any]:
    send = ISSUE.move("send_proof")
    return {
        "send": send,
        "may_send": send in possible_moves(issue, user),
        "why_not_send": refusal(issue, send, user),
    }


def _edits(user: User) -> bool:
    return user.has_perm("bulletin.change_issue")


def _shown(found: Sequence[Problem], waivers: Mapping[str, Waiver]) -> list[ShownProblem]:
    return [ShownProblem(n, one, waivers.get(one.key)) for n, one in enumerate(found, 1)]


def _beside(issue: Issue) -> dict[str, Any]:
    """What stands outside the issue: accepted and not placed, and left to the next one."""
    asides = list(issue.asides.prefetch_related("submissions").select_related("into__issue", "by"))
    waits = list(waiting(issue))
    pending = {one.pk for one in waits}
    dropped = [one for one in asides if one.deed == Aside.Deed.DROPPED]
    return {
        "waiting": waits,
        "dropped": {pk: one for one in dropped for pk in _pending(one, pending)},
        "unfollowed": [one for one in dropped if not one.submissions.all()],
        "moved": [one for one in asides if one.deed == Aside.Deed.CARRIED and not one.within_id],
        "next_issue": next_issue(issue),
    }


def _pending(aside: Aside, pending: set[int]) -> Iterable[int]:
    return [one.pk for one in aside.submissions.all() if one.pk in pending]


def shown_sections(
    sections: Sequence[Section],
    entries: Sequence[Entry],
    found: Mapping[int, Place],
    problems: Sequence[ShownProblem],
) -> list[ShownSection]:
    """Sections in order, numbered as they will print: an empty one has no number."""
    of_entry: dict[int, list[ShownProblem]] = defaultdict(list)
    of_section: dict[int, list[ShownProblem]] = defaultdict(list)
    for one in problems:
        if one.problem.entry_id:
            of_entry[one.problem.entry_id].append(one)
        elif one.problem.section_id:
            of_section[one.problem.section_id].append(one)
    shown, place = [], 0
    for section in sections:
        own = [entry for entry in entries if entry.section_id == section.pk]
        printed = bool(own) or section.print_when_empty
        place += printed
        label = f"{numeral(place)}、" if printed else ""
        part = ShownSection(section, label, problems=of_section[section.pk])
        for order, entry in enumerate(own, 1):
            item = "" if section.kind == SectionKind.STATS else f"（{numeral(order)}）"
            parts = list(entry.parts.all())
            part.entries.append(
                ShownEntry(
                    entry,
                    item,
                    order == 1,
                    order == len(own),
                    found.get(entry.pk),
                    of_entry[entry.pk],
                    [one for one in parts if one.deed == Aside.Deed.MERGED],
                    next((one for one in parts if one.deed == Aside.Deed.CARRIED), None),
                )
            )
        shown.append(part)
    return shown


def shown_pages(
    document: IssueDocument, lines: Mapping[int, int], problems: Sequence[ShownProblem]
) -> list[dict[str, Any]]:
    """Each page with its pins, one for every row that has something to mend, and the words
    underlined; hints and what somebody answers for have none."""
    pins: dict[int, dict[float, list[ShownProblem]]] = defaultdict(lambda: defaultdict(list))
    lined: dict[int, list[Underline]] = defaultdict(list)
    spots = finder(document)
    for one in problems:
        line = lines.get(one.problem.entry_id or 0)
        if line is None or one.problem.severity == "hint" or not one.stands:
            continue
        where = spots(line, one.problem.start or 0, one.problem.end or 1)
        if where:
            pins[where[0].page][where[0].top].append(one)
        for spot in where if one.problem.start is not None else ():
            width = spot.right - spot.left
            lined[spot.page].append(
                Underline(one.problem.severity, spot.left, spot.top + 18, width)
            )
    return [
        {
            "number": page.number,
            "pins": [_pin(top, own) for top, own in sorted(pins[page.number].items())],
            "lined": lined[page.number],
        }
        for page in pages(document)
    ]


def _pin(top: float, own: Sequence[ShownProblem]) -> Pin:
    worst = "block" if any(one.problem.severity == "block" for one in own) else "warn"
    return Pin(f"{own[0].number}…" if len(own) > 1 else str(own[0].number), worst, top)
