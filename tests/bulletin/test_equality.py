"""The equality gate: every format says what the document says, or the difference is told."""

import pytest

from bulletin import equality
from bulletin.document import Line
from bulletin.renderers import FORMATS
from bulletin.renderers.loading import part
from tests.bulletin.documents import small
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db
LINES = (Line("title", "月报"), Line("item", "2月7日，办理事项3.79万件。", "（一）"))


def told(found):
    return [(one.where, one.wanted, one.found) for one in equality.compared("OFD", LINES, found)]


def test_equal_texts_tell_nothing():
    assert told(["月报", "（一）2月7日，办理事项3.79万件。"]) == []


def test_a_difference_is_told_with_its_place_and_both_texts():
    assert told(["月报", "（一）2月7日，办理事项3.97万件。"]) == [
        ("第2段", "…日，办理事项3.79万件。", "…日，办理事项3.97万件。")
    ]


def test_paragraphs_lost_and_paragraphs_too_many_are_told():
    assert told(["月报"])[0][2] == "（没有）"
    assert told(["月报", LINES[1].text, "多出的"])[0][1:] == ("（没有）", "多出的")


def test_usual_documents_pass():
    assert equality.unlike(small("张镕、王喆到窗口调研。")) == []


def test_a_difference_keeps_the_issue_from_sign_off_and_is_shown(house, client, monkeypatch):
    rows = Newsroom(house)
    issue = rows.issue
    txt = part(FORMATS["txt"].module)
    monkeypatch.setattr(txt, "render", lambda document: b"\xe7\x94\xb2\n")
    client.force_login(house.editor)
    page = client.post(f"/admin/bulletin/issue/{issue.pk}/send/", follow=True)
    text = page.content.decode()
    assert "纯文本与校样不一致：第1段，校样是“政务窗口月报”，纯文本里是“甲”" in text
    issue.refresh_from_db()
    assert (issue.state, issue.editions.count()) == ("open", 0)
