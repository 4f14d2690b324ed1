"""Copies say what they are; what was signed and published stays as it is."""

from io import BytesIO

import pdfplumber
import pytest
from django.utils import timezone

from bulletin import storage
from bulletin.marking import copy_marks
from bulletin.models import EditionFile
from bulletin.publishing import ensure_files
from bulletin.publishing.files import ensure_stamped
from bulletin.renderers import FORMATS
from bulletin.site.shelf import files_of, neighbourhood
from bulletin.verification import code_of, digest_prefix
from tests import press
from tests.newsroom import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def proof(house):
    edition = press.proof(house.publication, press.document(), house.editor)
    EditionFile.objects.all().delete()
    return edition


def sign(edition, by):
    edition.signed_by, edition.signed_at = by, timezone.now()
    edition.save()
    return edition


def shown(data):
    """The text of each page with the marks, as another reader finds it."""
    with pdfplumber.open(BytesIO(data)) as opened:
        return ["".join(char["text"] for char in page.chars) for page in opened.pages]


def test_a_proof_says_so_on_every_page_and_the_signed_one_does_not(proof, house, client):
    client.force_login(house.editor)
    at = url("edition_file", proof.pk, "pdf")
    pages = shown(client.get(at).content)
    assert all("校样1" in page for page in pages)
    assert proof.digest in pages[-1]
    assert "验证码" not in pages[-1]
    assert b"rotate(-40)" in client.get(url("edition_page", proof.pk, 1)).content
    ensure_files(sign(proof, house.approver))
    pages = shown(client.get(at).content)
    assert not any("校样" in page for page in pages)
    assert b"rotate" not in client.get(url("edition_page", proof.pk, 1)).content


@pytest.mark.parametrize("name", ["ofd", "docx"])
def test_the_other_paged_formats_say_so_too(proof, house, client, name):
    client.force_login(house.editor)
    given = client.get(url("edition_file", proof.pk, name)).content
    assert given == FORMATS[name].render(proof.document, marks=copy_marks(proof))


def test_an_issue_in_preparation_says_that_it_is_not_finished(house, client):
    edition = press.proof(house.publication, press.document(month=2), house.editor)
    client.force_login(house.editor)
    data = client.get(url("issue_draft", edition.issue_id, "pdf")).content
    assert all("未定稿" in page for page in shown(data))


def test_a_published_file_leads_back_to_its_document(proof, house):
    (file,) = [one for one in ensure_files(proof) if one.format == "pdf"]
    last = shown(storage.read(file))[-1]
    code = last.partition("验证码：")[2][:14]
    assert code == code_of(proof.digest)
    assert proof.digest.startswith(digest_prefix(code))


def test_a_void_proof_says_why(proof, house):
    proof.voided_at, proof.void_reason = timezone.now(), "日期写错。"
    marks = copy_marks(proof)
    assert (marks.draft, marks.stamp) == ("校样1", "作废")
    assert "日期写错。" in marks.reason


@pytest.fixture
def replaced(house):
    """An edition and the one that takes its place, both with their files."""
    paper = press.document()
    old = press.publish(house.publication, paper, house.editor)
    EditionFile.objects.all().delete()
    ensure_files(old)
    changed = press.with_text(paper, "9月30日，更正。")
    new = press.publish(house.publication, changed, house.editor, supersedes=old)
    return old, new


def test_a_replaced_edition_is_offered_with_a_stamp_and_kept_as_it_was(replaced):
    old, new = replaced
    before = {file.format: storage.read(file) for file in old.files.all()}
    stamped = {file.format: file for file in ensure_stamped(old, new)}
    assert sorted(stamped) == ["docx", "ofd", "pdf"]
    pages = shown(storage.read(stamped["pdf"]))
    assert all("已更正" in page and "已由第2版取代" in page for page in pages)
    assert code_of(new.digest) in pages[0]
    volumes = neighbourhood(new.issue.publication.slug, old.year, old.number)
    offered = {file.format: file.sha256 for file in files_of(volumes)[old.pk]}
    assert {name: offered[name] for name in stamped} == {
        name: file.sha256 for name, file in stamped.items()
    }
    assert {file.format: storage.read(file) for file in old.files.filter(stamp=None)} == before
    assert copy_marks(old).stamp == "已更正"


def test_stamped_copies_are_made_once(replaced):
    old, new = replaced
    first = [file.pk for file in ensure_stamped(old, new)]
    assert [file.pk for file in ensure_stamped(old, new)] == first


def test_a_withdrawn_edition_tells_the_reason(replaced):
    old, _new = replaced
    old.withdrawn_at, old.withdraw_reason = timezone.now(), "内容有误。"
    assert copy_marks(old).reason.endswith("撤下：内容有误。")
