"""Bad input to import_issue: a message that says what to do, and the database as it was."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from bulletin.importing import import_issue
from bulletin.models import Issue, Publication
from bulletin.proofreading.parsed import ParseError
from windows.models import Centre, LeaderVisit

ISSUE = """政务窗口月报
第3期
云川省政府政务服务中心
2026年4月22日
一、2026年3月总体运行情况
3月,省本级办理政务服务事项4.2万件,其中电话咨询815人(次),神秘指标17个。
二、厅(局)长进大厅
(一)3月5日,商务厅党组书记、厅长方伯成到省政务服务大厅商务厅窗口调研指导工作。他强调,要办得快。
(二)3月,水利厅副厅长关山到省政务服务大厅窗口调研值守。
报:省中心领导。
"""


def archive(member: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr(member, "x")
    return stream.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b" \n\n", "空的"),
        (bytes(range(256)) * 20, "编码"),
        (b"\x00\x01\x02" * 500, "二进制"),
        (b"%PDF-1.7\n...", "PDF"),
        (archive("word/document.xml"), "Word"),
        (archive("xl/workbook.xml"), "Excel"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        ("只是一段没有期号也没有栏目的话。".encode(), "期"),
    ],
)
def test_what_is_no_issue_is_refused_and_nothing_is_left_behind(data, words):
    with pytest.raises(ParseError, match=words):
        import_issue(data)
    assert (Centre.objects.count(), Publication.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_is_not_recognised_is_kept_and_reported():
    imported = import_issue(ISSUE.encode())
    entry = imported.issue.entries.get(kind="narrative")
    assert "神秘指标17个" in entry.text
    assert [note.text for note in imported.notes if "17" in note.text] == ["17个"]


@pytest.mark.django_db
def test_visits_become_records_with_person_post_and_department():
    import_issue(ISSUE.encode())
    people = [
        (visit.kind, row.department_name, row.post, row.name)
        for visit in LeaderVisit.objects.order_by("pk")
        for row in visit.visitors.all()
    ]
    assert people == [
        ("guidance", "商务厅", "党组书记、厅长", "方伯成"),
        ("duty", "水利厅", "副厅长", "关山"),
    ]


@pytest.mark.django_db
def test_a_fault_in_the_middle_leaves_nothing(monkeypatch):
    monkeypatch.setattr("bulletin.importing._Importer._figures", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_issue(ISSUE.encode())
    assert (Centre.objects.count(), Issue.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_commands_say_in_words_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="读不了文件"):
        call_command("import_issue", str(tmp_path / "nothing.txt"))
    with pytest.raises(CommandError, match="没有刊物"):
        call_command("export_issue", "monthly", "2026", "3", output=tmp_path / "x.pdf")
    file = tmp_path / "issue.txt"
    file.write_text(ISSUE, encoding="utf-8")
    call_command("import_issue", str(file))
    with pytest.raises(CommandError, match="没有第7号校样"):
        call_command("export_issue", "monthly", "2026", "3", output=tmp_path / "x.txt", proof=7)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["pdf", "docx", "html", "txt", "json"])
def test_any_format_of_an_unpublished_issue_is_written(tmp_path, form):
    import_issue(ISSUE.encode("gb18030"))
    target = tmp_path / f"issue.{form}"
    call_command("export_issue", "monthly", "2026", "3", form=form, output=target)
    assert target.stat().st_size > 200
