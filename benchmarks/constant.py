"""One answer for whatever is asked: what the server itself costs, no page looked for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_BODY = [Path(os.environ["CONSTANT"]).read_bytes()]
_HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "br")]
_HEADERS += [("Content-Length", str(len(_BODY[0])))]


def application(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("200 OK", _HEADERS)
    return _BODY
