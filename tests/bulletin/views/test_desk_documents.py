"""A Word document becomes drafts: one or several, once, each editable, none handed in."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bulletin.models import Submission
from tests.bulletin.uploads.files import docx, photo
from tests.desk import NEWS, news, said

SPLIT = "/desk/2026/2/document/"


def word(*paragraphs, name="二月.docx"):
    return SimpleUploadedFile(name, docx(*paragraphs))


TWO = (
    "2月3日，商务厅窗口推出企业备案当日办结。",
    "",
    "2月9日,走进东湖产业园,办理 12 项业务。",
)


def test_two_items_become_two_drafts_with_their_days(clerk):
    response = clerk.post(SPLIT, {"document": word(*TWO)}, follow=True)
    first, second = Submission.objects.order_by("pk")
    assert (first.state, second.state) == ("draft", "draft")
    assert [row.news.date for row in (first, second)] == [dt.date(2026, 2, 3), dt.date(2026, 2, 9)]
    assert first.handed_in == "2月3日，商务厅窗口推出企业备案当日办结。"
    assert second.handed_in == "2月9日，商务厅窗口走进东湖产业园，办理12项业务。"
    page = said(response)
    assert f"/desk/submissions/{first.pk}/edit/" in page
    assert f"/desk/submissions/{second.pk}/edit/" in page
    assert "每条都还没有交" in page


def test_the_same_document_sent_twice_is_there_once_and_edits_stand(clerk):
    key = str(uuid.uuid4())
    clerk.post(SPLIT, {"document": word(*TWO), "key": key})
    row = Submission.objects.order_by("pk").first()
    clerk.post(f"/desk/submissions/{row.pk}/edit/", news(text="改过了。", version="1"))
    clerk.post(SPLIT, {"document": word(*TWO), "key": key})
    assert Submission.objects.count() == 2
    row.refresh_from_db()
    assert (row.state, row.news.text) == ("submitted", "改过了。")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "还没有选文件"),
        (SimpleUploadedFile("二月.docx", b"PK nothing"), "文档没有读入："),
        (SimpleUploadedFile("二月.jpg", photo()), "请拖入Word文档（.docx）"),
        (SimpleUploadedFile("二月.docx", b""), "文件是空的"),
    ],
)
def test_what_cannot_be_read_is_said_on_the_form(clerk, file, words):
    response = clerk.post(SPLIT, {"document": file} if file else {}, follow=True)
    assert response.redirect_chain[-1][0] == NEWS
    assert words in said(response)
    assert not Submission.objects.exists()


def test_the_drafts_of_somebody_else_are_not_listed(clerk, client, house):
    key = uuid.uuid4()
    clerk.post(SPLIT, {"document": word(*TWO), "key": str(key)})
    client.force_login(house.chief)
    assert "企业备案" not in said(client.get(f"{SPLIT}{key}/"))


def test_a_day_that_is_none_stays_in_the_text(clerk):
    clerk.post(SPLIT, {"document": word("2月30日，办了一件事。")})
    row = Submission.objects.get()
    assert (row.news.date, row.news.text) == (None, "2月30日，办了一件事。")
