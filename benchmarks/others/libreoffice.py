"""LibreOffice: a new process each time, as there is no other way, with its profile kept."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from bulletin.document import IssueDocument

from . import FOLDER
from .web import STYLE, web_page


def prepare() -> Callable[[IssueDocument], bytes]:
    """It makes its profile when first started, which is not charged to any later process."""
    folder = Path(os.environ[FOLDER])

    def render(document: IssueDocument) -> bytes:
        page = folder / "page.html"
        page.write_text(web_page(document, STYLE), encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation={(folder / 'user').as_uri()}", "--headless"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"]
        command += ["--outdir", str(folder), str(page)]
        subprocess.run(command, capture_output=True, check=True)
        return (folder / "page.pdf").read_bytes()

    return render
