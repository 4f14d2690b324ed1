"""Supporting files with a news item or a visit: kept with the draft, listed, removed, gated."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bulletin.models import Attachment, Submission
from tests.bulletin.uploads.files import photo
from tests.desk import NEWS, VISIT, news, said, visit


def file(name="现场.jpg", data=None):
    return SimpleUploadedFile(name, photo() if data is None else data)


@pytest.mark.parametrize(("page", "form"), [(NEWS, news), (VISIT, visit)])
def test_the_form_says_what_may_be_added(clerk, page, form):
    words = said(clerk.get(page))
    assert "每个不超过10MB，最多9个" in words
    assert 'enctype="multipart/form-data"' in words


def test_files_go_with_what_is_handed_in(clerk):
    response = clerk.post(NEWS, news(files=[file(), file("方案.jpg", photo(size=(80, 60)))]))
    row = Submission.objects.get()
    assert response["Location"] == f"/desk/submissions/{row.pk}/submitted/"
    assert (row.state, row.attachments.count()) == ("submitted", 2)
    page = said(clerk.get(f"/desk/submissions/{row.pk}/"))
    assert "现场.jpg" in page
    assert "去掉" not in page


def test_a_file_is_added_to_the_draft_shown_and_taken_away(clerk):
    response = clerk.post(NEWS, news(action="attach", files=[file()]), follow=True)
    row, kept = Submission.objects.get(), Attachment.objects.get()
    assert response.redirect_chain[-1][0] == f"/desk/submissions/{row.pk}/edit/"
    assert f"/attachments/{kept.key}/" in said(response)
    assert clerk.get(f"/attachments/{kept.key}/").status_code == 200
    form = news(action=f"detach:{kept.pk}", text="又写了一句。", version=str(row.version))
    clerk.post(f"/desk/submissions/{row.pk}/edit/", form)
    assert not Attachment.objects.exists()
    row.refresh_from_db()
    assert (row.state, row.news.text) == ("draft", "又写了一句。")


def test_what_is_no_file_of_these_is_refused_and_the_words_are_kept(clerk):
    response = clerk.post(NEWS, news(files=[file("表.jpg", b"MZ\x90\x00 program")]), follow=True)
    row = Submission.objects.get()
    assert response.redirect_chain[-1][0] == f"/desk/submissions/{row.pk}/edit/"
    assert "附件没有添加：" in said(response)
    assert "请上传照片（JPG、PNG）、Word文档（.docx）或PDF文件" in said(response)
    assert (row.state, Attachment.objects.count()) == ("draft", 0)
    assert "推出企业备案当日办结。</textarea>" in said(response)


def test_the_file_of_another_window_is_absent(clerk, client, house):
    clerk.post(NEWS, news(action="attach", files=[file()]))
    kept = Attachment.objects.get()
    mine = house.news(text="我的。")
    place = f"/desk/submissions/{mine.pk}/edit/"
    clerk.post(place, news(action=f"detach:{kept.pk}", version=str(mine.version)))
    assert Attachment.objects.filter(pk=kept.pk).exists()
    client.force_login(house.auditor)
    assert client.get(f"/attachments/{kept.key}/").status_code == 404
