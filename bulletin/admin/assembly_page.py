"""What the assembly page of one issue shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bulletin.assembly import build_document, waiting
from bulletin.changes import changed_lines
from bulletin.document import IssueDocument, numeral
from bulletin.models import Entry, Issue, Section
from bulletin.models.publications import SectionKind
from bulletin.moves import possible_moves, refusal
from bulletin.pages import Place, entry_places, pages
from bulletin.proofs import active_proof
from bulletin.publishing import public_edition
from bulletin.readiness import Problem, blocks, check_issue
from bulletin.timeline import issue_timeline
from bulletin.workflow import ISSUE
from windows.models import User


@dataclass(slots=True)
class ShownEntry:
    """One line of the list; `number` of its problems' pins as they stand in the margin."""

    row: Entry
    label: str
    first: bool
    last: bool
    place: Place | None
    problems: list[tuple[int, Problem]]


@dataclass(slots=True)
class ShownSection:
    row: Section
    label: str
    entries: list[ShownEntry] = field(default_factory=list)
    problems: list[tuple[int, Problem]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pin:
    """A mark beside the row an entry with problems begins on; `y` in points."""

    label: str
    severity: str
    y: float


def assembly_context(issue: Issue, user: User) -> dict[str, Any]:
    document = build_document(issue)
    problems = list(enumerate(check_issue(issue), 1))
    sections = list(issue.sections.order_by("position"))
    entries = list(issue.entries.order_by("section__position", "position"))
    found = entry_places(document, [entry.pk for entry in entries])
    found_problems = [problem for _number, problem in problems]
    proof = active_proof(issue)
    last = issue.editions.order_by("-proof_no").first()
    return {
        "issue": issue,
        "document": document,
        "sections": shown_sections(sections, entries, found, problems),
        "problems": found_problems,
        "loose": [(n, p) for n, p in problems if not (p.entry_id or p.section_id)],
        "blocking": blocks(found_problems),
        "waiting": list(waiting(issue)),
        "pages": shown_pages(document, found, problems),
        "digest": document.digest,
        "proof": proof,
        "last_proof": last,
        "since_proof": changed_lines(last.document, document) if last else (),
        "revocable": issue.state in {"signed", "scheduled"} and _edits(user, issue),
        "standing": public_edition(issue),
        "editable": issue.state in {"open", "proof"} and _edits(user, issue),
        "send": ISSUE.move("send_proof"),
        "may_send": ISSUE.move("send_proof") in possible_moves(issue, user),
        "why_not_send": refusal(issue, ISSUE.move("send_proof"), user),
        "trail": issue_timeline(user, issue, most=12),
        "trail_of": f"issue:{issue.pk}",
    }


def _edits(user: User, issue: Issue) -> bool:
    return user.has_perm("bulletin.change_issue")


def shown_sections(
    sections: Sequence[Section],
    entries: Sequence[Entry],
    found: dict[int, Place],
    problems: Sequence[tuple[int, Problem]],
) -> list[ShownSection]:
    """Sections in order, numbered as they will print: an empty one has no number."""
    of_entry: dict[int, list[tuple[int, Problem]]] = defaultdict(list)
    of_section: dict[int, list[tuple[int, Problem]]] = defaultdict(list)
    for number, problem in problems:
        if problem.entry_id:
            of_entry[problem.entry_id].append((number, problem))
        elif problem.section_id:
            of_section[problem.section_id].append((number, problem))
    shown, place = [], 0
    for section in sections:
        own = [entry for entry in entries if entry.section_id == section.pk]
        printed = bool(own) or section.print_when_empty
        place += printed
        label = f"{numeral(place)}、" if printed else ""
        part = ShownSection(section, label, problems=of_section[section.pk])
        numbered = section.kind != SectionKind.STATS
        for order, entry in enumerate(own, 1):
            item = f"（{numeral(order)}）" if numbered else ""
            part.entries.append(
                ShownEntry(
                    entry,
                    item,
                    order == 1,
                    order == len(own),
                    found.get(entry.pk),
                    of_entry[entry.pk],
                )  # fmt: skip
            )
        shown.append(part)
    return shown


def shown_pages(
    document: IssueDocument, found: dict[int, Place], problems: Sequence[tuple[int, Problem]]
) -> list[dict[str, Any]]:
    """Each page with a pin for every entry that begins on it and has something to mend."""
    marked: dict[int, list[tuple[int, Problem]]] = defaultdict(list)
    for number, problem in problems:
        if problem.entry_id and problem.severity != "hint":
            marked[problem.entry_id].append((number, problem))
    pins: dict[int, list[Pin]] = defaultdict(list)
    for entry, own in marked.items():
        if place := found.get(entry):
            first, problem = own[0]
            label = f"{first}…" if len(own) > 1 else str(first)
            pins[place.page].append(Pin(label, problem.severity, place.top))
    return [{"number": page.number, "pins": pins[page.number]} for page in pages(document)]
