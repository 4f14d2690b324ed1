"""The page in a real browser: how lines are set, and a Word document that comes back."""

from __future__ import annotations

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document

from bulletin.assembly import build_document
from bulletin.models import Entry
from bulletin.renderers import FORMATS
from tests.factories import House
from tests.newsroom import TEXT, Newsroom, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rows(transactional_db):
    return Newsroom(House())


def sound(page):
    return page.said == [] and Axe().run(page).response["violations"] == []


def edited(issue) -> bytes:
    """The Word document of the issue as somebody outside saved it."""
    opened = Document(BytesIO(FORMATS["docx"].render(build_document(issue))))
    paragraph = next(one for one in opened.paragraphs if "半天" in one.text)
    text = paragraph.text.replace("半天", "一天")
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text
    opened.paragraphs[-2].insert_paragraph_before("2月9日，民政厅窗口迁至二楼。")
    saved = BytesIO()
    opened.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_document_comes_back_and_one_change_is_taken_over(rows, sign_in, width):
    issue = rows.issue
    page = sign_in(rows.house.editor, width=width)
    page.goto(url("issue_change", issue.pk))
    page.get_by_role("link", name="Word改稿").click()
    file = {"name": "第2期改稿.docx", "mimeType": "application/zip", "buffer": edited(issue)}
    page.get_by_label("改过的Word文档（.docx）").set_input_files(file)
    page.get_by_role("button", name="上传并对照").click()
    assert page.locator("article ins").inner_text() == "一"
    assert page.get_by_text("多出一段").is_visible()
    assert sound(page)
    page.get_by_role("button", name="采用一（一）的改动", exact=True).click()
    assert page.get_by_text("已采用这一处。").is_visible()
    assert Entry.objects.get(issue=issue).text == TEXT.replace("半天", "一天")
    assert sound(page)


def test_the_sample_follows_the_settings_before_they_are_saved(rows, sign_in):
    page = sign_in(rows.house.administrator, width=1280)
    page.goto(url("publication_change", rows.house.publication.pk))
    sample = page.locator("#sample img")
    before = sample.get_attribute("src")
    with page.expect_response(lambda answer: "autospace=0" in answer.url) as drawn:
        page.get_by_label("汉字与数字、字母之间").select_option("0")
    assert drawn.value.ok
    after = sample.get_attribute("src")
    assert "autospace=200" in before
    assert "autospace=0" in after
    assert sound(page)
