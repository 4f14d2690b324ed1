"""A Word document edited outside comes back: offered change by change, never put over."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bulletin.assembly import StaleEdit, build_document, edit_entry
from bulletin.marking import UNFINISHED
from bulletin.models import Entry, Issue, ReturnedCopy, Trail
from bulletin.moves import MoveRefused
from bulletin.publishing import send_proof
from bulletin.renderers import FORMATS
from bulletin.returning import accept, decline, offers, receive
from bulletin.uploads.copies import read_copy
from tests.bulletin.uploads import hostile
from tests.newsroom import TEXT, Newsroom, url
from windows.importing.refusals import Refused

pytestmark = pytest.mark.django_db
NAME = "第2期改稿.docx"


@pytest.fixture
def issue(house):
    return Issue.objects.get(pk=Newsroom(house).issue.pk)


def exported(issue, **replaced):
    """The Word document of the issue with words replaced, run by run, as an editor would."""
    opened = Document(BytesIO(FORMATS["docx"].render(build_document(issue))))
    for paragraph in opened.paragraphs:
        for old, new in replaced.items():
            if old in paragraph.text:
                text = paragraph.text.replace(old, new)
                for run in paragraph.runs[1:]:
                    run.text = ""
                paragraph.runs[0].text = text
    saved = BytesIO()
    opened.save(saved)
    return saved.getvalue()


def returned(issue, house, **replaced):
    return receive(issue, by=house.editor, name=NAME, data=exported(issue, **replaced))


def only(copy):
    (offer,) = offers(copy)
    return offer


def test_an_untouched_document_offers_nothing(issue, house):
    assert offers(returned(issue, house)) == []


def test_a_change_is_offered_accepted_and_then_is_none_any_more(issue, house):
    copy = returned(issue, house, 半天="一天")
    offer = only(copy)
    assert (offer.where, offer.change.old) == ("一（一）", TEXT)
    entry = accept(copy, offer.key, by=house.editor, version=offer.entry.version)
    assert entry.text == TEXT.replace("半天", "一天")
    assert Trail.objects.filter(action="edit_entry", subject_id=issue.pk).exists()
    assert offers(copy) == []


def test_accepting_voids_the_proof_that_is_out(issue, house):
    edition = send_proof(issue, by=house.editor)
    copy = returned(issue, house, 半天="一天")
    offer = only(copy)
    accept(copy, offer.key, by=house.editor, version=offer.entry.version)
    edition.refresh_from_db()
    assert edition.voided_at is not None


def test_what_was_edited_here_meanwhile_is_never_put_over(issue, house):
    copy = returned(issue, house, 半天="一天")
    before = only(copy)
    entry = Entry.objects.get(issue=issue)
    edit_entry(entry, by=house.editor, text=TEXT.replace("43件", "58件"), version=entry.version)
    with pytest.raises(MoveRefused, match="刚刚变了"):
        accept(copy, before.key, by=house.editor, version=entry.version)
    now = only(copy)
    assert "58件" in now.change.old
    with pytest.raises(StaleEdit):
        accept(copy, now.key, by=house.editor, version=entry.version)


def test_an_old_text_is_told_from_a_new_one(issue, house):
    copy = returned(issue, house)
    entry = Entry.objects.get(issue=issue)
    edit_entry(entry, by=house.editor, text=TEXT.replace("43件", "58件"), version=entry.version)
    assert only(copy).older
    assert not only(returned(issue, house, 半天="一天")).older


def test_a_declined_change_is_not_offered_again(issue, house):
    copy = returned(issue, house, 半天="一天")
    decline(copy, only(copy).key, by=house.editor)
    copy.refresh_from_db()
    assert offers(copy) == []
    assert Entry.objects.get(issue=issue).text == TEXT


def test_a_heading_is_named_and_left_to_the_editor(issue, house):
    heading = issue.entries.get().section.heading
    copy = returned(issue, house, **{heading: "别的标题"})
    offer = only(copy)
    assert (offer.where, offer.acceptable) == ("一、标题", False)
    with pytest.raises(MoveRefused, match="不能直接采用"):
        accept(copy, offer.key, by=house.editor, version=1)


def test_only_editors_take_a_document_back(issue, house):
    with pytest.raises(MoveRefused, match="不能编辑本期"):
        receive(issue, by=house.approver, name=NAME, data=exported(issue))


SUGGESTED = (
    f"<w:p {nsdecls('w')}><w:r><w:t>甲</w:t></w:r>"
    "<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>丙</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>丁</w:t></w:r></w:hyperlink></w:p>"
)


def test_suggested_changes_are_read_as_if_accepted():
    opened = Document()
    opened.element.body.insert(0, parse_xml(SUGGESTED))
    saved = BytesIO()
    opened.save(saved)
    assert read_copy(saved.getvalue(), NAME) == ["甲丙丁"]


def test_marks_of_the_copy_are_no_text_of_the_issue(issue):
    data = FORMATS["docx"].render(build_document(issue), marks=UNFINISHED)
    assert read_copy(data, NAME) == [line.text for line in build_document(issue).lines()]


def test_hostile_files_are_refused_in_words(issue, house):
    cases = [*hostile.of_documents(), *hostile.of_packages()]
    for _what, name, make in cases:
        with pytest.raises(Refused):
            receive(issue, by=house.editor, name=name, data=make())
    assert len(cases) > 40
    assert not ReturnedCopy.objects.exists()


def test_the_page_offers_and_takes_over(issue, house, client):
    client.force_login(house.editor)
    file = SimpleUploadedFile(NAME, exported(issue, 半天="一天"))
    page = client.post(url("issue_returned", issue.pk), {"document": file}, follow=True)
    assert "文字改了1处" in page.content.decode()
    copy = ReturnedCopy.objects.get()
    offer = only(copy)
    asked = {"key": offer.key, "version": offer.entry.version, "deed": "accept"}
    page = client.post(url("issue_returned_settle", issue.pk, copy.pk), asked, follow=True)
    assert "没有要采用的改动" in page.content.decode()


@pytest.mark.parametrize("data", [b"", b"MZ", b"PK\x03\x04"])
def test_the_page_says_why_a_file_was_not_read(data, issue, house, client):
    client.force_login(house.editor)
    file = SimpleUploadedFile(NAME, data)
    page = client.post(url("issue_returned", issue.pk), {"document": file})
    assert page.status_code == 409
    assert 'role="alert"' in page.content.decode()
