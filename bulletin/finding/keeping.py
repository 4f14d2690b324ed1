"""The rows that readers search, kept equal to the editions in force.

Called in the transaction that publishes, corrects or withdraws: whoever can read the
issue can find it, and nobody before.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from bulletin.changes import touched
from bulletin.document import IssueDocument, Item, Line, Section, VisitRecord
from bulletin.folding import fold
from bulletin.models import Edition, Issue, Passage, PassageName, PrintedVisit, RestatedYear

_RANKS = {
    "item": Passage.Rank.TEXT,
    "paragraph": Passage.Rank.TEXT,
    "heading": Passage.Rank.HEADING,
}


def refresh(issue: Issue) -> int:
    """Make what is found of the issue its edition in force; the paragraphs written."""
    with transaction.atomic():
        Passage.objects.filter(edition__issue=issue).delete()
        PrintedVisit.objects.filter(edition__issue=issue).delete()
        RestatedYear.objects.filter(edition__issue=issue).delete()
        return sum(_write(edition) for edition in Edition.objects.standing().filter(issue=issue))


def _write(edition: Edition) -> int:
    document = edition.document
    publication = edition.publication_id
    chain = _chain(edition)
    rows = list(_passages(edition, publication, document))
    _mark(chain, [row for row, _names in rows])
    written = Passage.objects.bulk_create(row for row, _names in rows)
    PassageName.objects.bulk_create(
        PassageName(
            passage=passage,
            publication_id=publication,
            year=passage.year,
            number=passage.number,
            place=passage.place,
            kind=kind,
            name=name,
        )
        for passage, (_row, names) in zip(written, rows, strict=True)
        for kind, name in sorted(names)
    )
    RestatedYear.objects.bulk_create(
        RestatedYear(edition=edition, publication_id=publication, year=year)
        for year in sorted({told.period.year for told in document.restatements})
    )
    PrintedVisit.objects.bulk_create(_visits(edition, publication, document, chain))
    return len(written)


Chain = list[tuple[int, IssueDocument]]  # proof number and paper


def _chain(edition: Edition) -> Chain:
    """The edition and those it took the place of, one after the other, oldest first."""
    editions = Edition.objects.filter(issue=edition.issue_id, published_at__isnull=False)
    return [(one.proof_no, one.document) for one in editions.order_by("proof_no")]


def _mark(chain: Chain, passages: list[Passage]) -> None:
    """What a correction altered or added says so wherever it is found."""
    for place, by in touched([paper for _number, paper in chain]).items():
        passages[place].corrected = chain[by.edition][0]


Names = set[tuple[str, str]]


def _passages(
    edition: Edition, publication: int, document: IssueDocument
) -> Iterator[tuple[Passage, Names]]:
    heading = ""
    for place, (line, section, item) in enumerate(placed(document)):
        heading = line.text if line.role == "heading" else heading
        names = _names(document, item) if item else set()
        yield (
            Passage(
                publication_id=publication,
                edition=edition,
                year=edition.year,
                number=edition.number,
                number_to=document.number_to,
                rank=_RANKS.get(line.role, Passage.Rank.FRAME),
                place=place,
                section=section.key if section else "",
                heading=heading if section else "",
                anchor=line.anchor,
                label=line.label,
                date=item.date if item else None,
                text=line.body,
                folded=fold(line.body),
                about=Passage.listed(names),
            ),
            names,
        )


def placed(document: IssueDocument) -> Iterator[tuple[Line, Section | None, Item | None]]:
    """Each printed line with the section and the item it stands for."""
    sections = iter(document.sections)
    section: Section | None = None
    items: Iterator[Item] = iter(())
    for line in document.lines():
        if line.role == "heading":
            section = next(sections)
            items = iter(section.items)
            yield line, section, None
        elif line.role in ("item", "paragraph"):
            yield line, section, next(items)
        else:
            yield line, None, None


def _names(document: IssueDocument, item: Item) -> Names:
    """The departments the item was filed under, and the visitors it names with theirs."""
    found = {(PassageName.Kind.DEPARTMENT.value, name) for name in item.departments}
    for visit in document.visits:
        if visit.name in item.text:
            found.add((PassageName.Kind.PERSON.value, visit.name))
            found.add((PassageName.Kind.DEPARTMENT.value, visit.department))
    return found


def _visits(
    edition: Edition, publication: int, document: IssueDocument, chain: Chain
) -> Iterator[PrintedVisit]:
    items = [(line.anchor, item) for line, _section, item in placed(document) if item]
    for place, visit in enumerate(document.visits):
        anchors = [anchor for anchor, item in items if visit.name in item.text]
        yield PrintedVisit(
            publication_id=publication,
            edition=edition,
            year=edition.year,
            number=edition.number,
            month=document.period.month,
            month_to=document.period.month_to,
            place=place,
            name=visit.name,
            post=visit.post,
            department=visit.department,
            date=visit.date,
            kind=visit.kind,
            anchor=anchors[-1] if anchors else "",
            corrected=_recorded(visit, chain),
        )


def _recorded(visit: VisitRecord, chain: Chain) -> int | None:
    """The edition that has recorded the visit so since, None where the first one did."""
    since = None
    for number, paper in reversed(chain):
        if visit not in paper.visits:
            return since
        since = number
    return None
