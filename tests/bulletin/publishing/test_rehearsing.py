"""The rehearsal speaks of every page that publishing can touch."""

from __future__ import annotations

from django.urls import reverse

from bulletin.assembly import edit_entry
from bulletin.models import Edition, EditionFile
from bulletin.publishing import correct, ensure_files, publish, rehearse, send_proof, sign
from bulletin.publishing.rehearsing import KINDS, _stands
from bulletin.site.table import PAGES


def test_every_public_page_has_a_word():
    assert set(PAGES) <= set(KINDS)


def standing() -> set[str]:
    """Every address at which the public finds something now."""
    return {
        path
        for page in PAGES.values()
        for place in page.places(None)
        if _stands(page, path := reverse(f"site:{page.name}", kwargs=dict(place)), place)
    }


def announced(edition: Edition) -> tuple[set[str], set[str]]:
    """(new, drawn again), as the rehearsal says."""
    found = rehearse(edition).addresses
    return {one.path for one in found if one.new}, {one.path for one in found if not one.new}


def test_what_is_said_to_appear_appears_and_nothing_else(rows, signed):
    ensure_files(signed)  # as the worker has by then
    before = standing()
    new, again = announced(signed)
    publish(signed.issue, by=rows.house.publisher)
    assert standing() - before == new
    assert again <= before


def test_of_a_correction_too(rows, printed, fresh):
    correct(fresh(printed), by=rows.house.editor, notice="“43件”应为“58件”。")
    entry = fresh(printed).entries.get()
    text = entry.text.replace("43", "58")
    edit_entry(entry, by=rows.house.editor, text=text, version=entry.version)
    proof = send_proof(fresh(printed), by=rows.house.editor)
    sign(proof, by=rows.house.approver, digest=proof.digest)
    ensure_files(proof)
    before = standing()
    new, again = announced(proof)
    publish(fresh(printed), by=rows.house.publisher)
    stamped = EditionFile.objects.exclude(stamp=None).values_list("sha256", flat=True)
    appeared = {path for path in standing() - before if not any(s[:16] in path for s in stamped)}
    assert appeared == new, "but for the stamped copies, named by bytes not made before"
    assert f"/{rows.house.publication.slug}/2026/2/corrections/2/" in new
    assert again <= before
