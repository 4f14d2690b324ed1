"""LibreOffice, the other program that opens our Word documents."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_MATCH = """<match target="pattern"><test name="family"><string>{wanted}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{given}</string></edit></match>"""


def as_pdf(document: Path, fonts: Mapping[str, str], folders: list[Path]) -> Path:
    """The PDF that LibreOffice makes of a document; `fonts` names what stands in for what.

    Raises FileNotFoundError without LibreOffice, CalledProcessError when it fails.
    """
    place = document.parent
    rules = "".join(_MATCH.format(wanted=one, given=other) for one, other in fonts.items())
    places = "".join(f"<dir>{folder}</dir>" for folder in folders)
    settings = place / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{places}{rules}</fontconfig>'
    )
    command = ["soffice", f"-env:UserInstallation={(place / 'office').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(place), str(document)]
    environment = os.environ | {"FONTCONFIG_FILE": str(settings)}
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return document.with_suffix(".pdf")
