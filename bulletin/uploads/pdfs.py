"""A PDF that only shows pages: no script, no launch, no file inside, no password.

Its objects are read by a process of its own with hard limits: whatever a file does to
the library, no worker is harmed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from windows.importing.refusals import Refused

SECONDS: Final = 20
_WALK: Final = Path(__file__).with_name("pdf_walk.py")
_HIDDEN: Final = (b"<script", b"<?php", b"MZ\x90\x00")
_LONG_NAMES: Final = (b"/JavaScript", b"/EmbeddedFile", b"/RichMedia", b"/Launch")
_DAMAGED: Final = "PDF不完整或已损坏。请用原来的软件重新导出，再上传。"
_REASONS: Final = {
    "plain": "",
    "locked": "PDF加了密码或限制。请去掉密码，重新导出，再上传。",
    "script": "PDF里有脚本或会自动执行的动作。请用“打印为PDF”重新导出，再上传。",
    "launch": "PDF里有会打开程序或别的文件的动作。请用“打印为PDF”重新导出，再上传。",
    "embedded": "PDF里嵌有别的文件或影音。请用“打印为PDF”重新导出，再上传。",
    "form": "PDF是带程序的表单。请用“打印为PDF”重新导出，再上传。",
    "pages": "PDF没有页面，或超过200页。请只留要报送的几页，再上传。",
    "crowded": "PDF内部大得不正常，没有读取。请用“打印为PDF”重新导出，再上传。",
}


def check_pdf(data: bytes) -> None:
    """Raises Refused."""
    tail = data[-2048:]
    end = tail.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in tail:
        raise Refused(_DAMAGED)
    if tail[end + 5 :].strip(b"\x00\r\n ") or any(mark in data for mark in _HIDDEN):
        raise Refused("PDF后面还附有别的内容。请用原来的软件重新导出，再上传。")
    if any(name in data for name in _LONG_NAMES):  # also where the index does not lead
        raise Refused(_REASONS["script" if _LONG_NAMES[0] in data else "embedded"])
    if reason := _REASONS.get(_walk(data), _DAMAGED):
        raise Refused(reason)


def _walk(data: bytes) -> str:
    try:
        done = subprocess.run(  # noqa: S603  a file of ours, the upload on its standard input
            [sys.executable, "-I", str(_WALK)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "crowded"
    return done.stdout.decode("ascii", "replace") if done.returncode == 0 else "damaged"
