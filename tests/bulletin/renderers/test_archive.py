"""PDF/A-2a and PDF/UA-1, by the judgement of veraPDF and qpdf."""

import datetime as dt
import subprocess

import pytest

from bulletin.document import ImprintLine, Item, Layout, Period, Section
from bulletin.renderers import pdf
from tests.bulletin.documents import february, small
from tests.services import verapdf
from tests.shared import SHARED


def ten():
    """Ten issues that differ in what could go wrong."""
    sections = tuple(Section(f"s{n}", "资讯“一”", (Item("政务。" * 60),) * 3) for n in range(12))
    combined = Period(2025, 1, 2)
    yield small("张镕、王喆、李祎、赵玥、钱䶮、孙㛃、周𬭎、吴堃到窗口调研。")
    yield small("用时3.9个工作日，https://www.example.gov.cn/a?b=1&c=2。", issued_on=None)
    yield small("😀甲\U0010fffd乙，<b>&amp;</b>", issuer="<省&中心>", masthead="月报“<&>”")
    yield small(period=combined, number=1, number_to=2, sections=sections)
    yield small(sections=sections * 4, layout=Layout(20))
    yield small("甲", sections=(), imprint=())
    yield small("⼀一⼆二Ω\u2126é ñ Ж", layout=Layout(30, 36))
    yield small("", masthead="政务窗口月报" * 6, issuer="某某" * 30)
    yield small("一" * 5000, imprint=(ImprintLine("发", "各有关部门，" * 60),))
    yield small("甲", issued_on=dt.date(2099, 12, 31)) if not SHARED.is_dir() else february()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    paths = [folder / f"{place}.pdf" for place in range(10)]
    for path, document in zip(paths, ten(), strict=True):
        path.write_bytes(pdf.render(document))
    return paths


def test_every_issue_is_fit_for_the_archive_and_for_everybody(files):
    wanted = [f"{file}\t{flavour}\tPASS" for file in files for flavour in ("2a", "ua1")]
    assert verapdf.verdicts(files) == wanted


def test_the_judge_finds_faults(files, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(files[0].read_bytes().replace(b"/Marked true", b"/Marked null"))
    assert f"{broken}\tua1\tFAIL" in verapdf.verdicts([broken])


def test_the_syntax_of_every_file_is_clean(files):
    for file in files:
        done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=True)
        assert b"No syntax or stream encoding errors" in done.stdout
