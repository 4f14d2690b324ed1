"""Honest files are kept, and given to whoever may see the submission."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from bulletin.models import Attachment, Trail
from bulletin.moves import make_move
from bulletin.uploads import keeping
from bulletin.uploads.names import clean_name
from tests.bulletin.uploads.files import docx, link, pdf, photo, word
from tests.factories import House
from windows.importing.refusals import Refused

pytestmark = pytest.mark.django_db


def kept(house, data, name="现场照片.jpg", submission=None):
    return keeping.attach(submission or house.news(), ContentFile(data, name), house.clerk)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("现场照片.JPG", photo(), "photo"),
        ("现场 照片.png", photo("PNG"), "photo"),
        ("二月资讯.docx", docx(), "docx"),
        ("链接.docx", word(rels=link("hyperlink", "https://example.cn/")), "docx"),
        ("二月资讯.pdf", pdf("/OpenAction [3 0 R /Fit]"), "pdf"),
    ],
)
def test_honest_files_are_kept(house, settings, name, data, kind):
    row = kept(house, data, name)
    assert (row.kind, row.by) == (kind, house.clerk)
    assert keeping.read(row)
    path = keeping.location(row)
    assert path.parent == Path(settings.MEDIA_ROOT) / "attachments"
    assert path.suffix == "" and name.split(".")[0] not in str(path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_photo_is_written_anew_upright_and_without_exif(house):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned to the right
    exif[0x010F] = "made by a phone that says where"
    row = kept(house, photo(exif=exif, comment=b"a note"))
    with Image.open(BytesIO(keeping.read(row))) as picture:
        assert picture.size == (480, 640)
        assert not picture.getexif()
        assert "comment" not in picture.info


def test_a_second_picture_behind_is_dropped(house):
    row = kept(house, photo() + b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 500)
    assert b"ftypmp42" not in keeping.read(row)


def test_the_same_file_twice_is_one_attachment(house):
    submission = house.news()
    assert kept(house, docx(), "甲.docx", submission).name == "甲.docx"
    again = docx()
    first = kept(house, again, "乙.docx", submission)
    assert kept(house, again, "丙.docx", submission) == first


def test_nine_files_at_most(house):
    submission = house.news()
    for n in range(9):
        kept(house, photo(size=(100 + n, 100)), submission=submission)
    with pytest.raises(Refused, match="最多9个附件"):
        kept(house, photo(size=(200, 100)), submission=submission)


def test_nothing_is_added_or_taken_after_handing_in(house):
    submission = house.news()
    row = kept(house, photo(), submission=submission)
    make_move(submission, "submit", by=house.clerk)
    with pytest.raises(Refused, match="已经提交"):
        kept(house, photo(), submission=submission)
    with pytest.raises(Refused, match="已经提交"):
        keeping.detach(row, house.clerk)


def test_taking_away_leaves_a_trace_and_no_file(house):
    row = kept(house, photo())
    path = keeping.location(row)
    keeping.detach(row, house.clerk)
    assert not path.exists()
    assert list(Trail.objects.values_list("action", flat=True)) == ["detach", "attach"]


def test_a_file_without_its_row_does_not_stay(house, monkeypatch, settings):
    def fail(*_arguments, **_named):
        raise RuntimeError

    monkeypatch.setattr(Attachment, "save", fail)
    with pytest.raises(RuntimeError):
        kept(house, photo())
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_altered_bytes_are_found(house):
    row = kept(house, photo())
    keeping.location(row).write_bytes(b"other")
    with pytest.raises(ValueError, match="digest"):
        keeping.read(row)


def test_a_download_names_the_file_and_is_never_shown(house, client):
    row = kept(house, pdf(), "二月“资讯”.pdf")
    client.force_login(house.clerk)
    response = client.get(f"/attachments/{row.key}/")
    assert response.content == pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E4%BA%8C")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_download_goes_to_those_who_see_the_submission(house, client):
    row = kept(house, photo())
    stranger = House("other")
    seen = {}
    for who in (house.clerk, house.chief, house.editor, stranger.clerk, stranger.editor):
        client.force_login(who)
        seen[who] = client.get(f"/attachments/{row.key}/").status_code
    assert list(seen.values()) == [200, 200, 404, 404, 404]  # the centre sees no drafts
    client.logout()
    assert client.get(f"/attachments/{row.key}/").status_code == 302


def test_names_are_cleaned():
    assert clean_name("  现场   照片 .JPG") == ("现场 照片.jpg", "jpg")
    assert clean_name("长" * 200 + ".pdf") == ("长" * 80 + ".pdf", "pdf")
    assert clean_name("<b>?.png") == ("b.png", "png")
