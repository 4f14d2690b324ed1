"""HTML: the issue as one semantic fragment, and as a page that stands alone.

No script, no outside resource. The page carries its own policy, which allows the one
style sheet by its hash and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import Final

from ..document import IssueDocument, Line
from .limits import admit
from .markup import escaped

STYLE: Final = """
:root{--red:#B3151B;--ink:#1C1B1A;--ink-2:#55524E;--paper:#FFFFFF;--line:#DDD7CE}
@media (prefers-color-scheme:dark){
:root{--red:#E9564F;--ink:#ECE7DF;--ink-2:#B3ACA1;--paper:#171614;--line:#3A3631}}
body{margin:0;padding:2rem 1.25rem;background:var(--paper);color:var(--ink);
font:18px/1.8 "Source Han Serif SC","Noto Serif CJK SC","Songti SC",SimSun,serif;
line-break:strict;text-autospace:no-autospace}
.issue{max-width:38em;margin:0 auto}
.masthead{text-align:center;border-bottom:2px solid var(--red);padding-bottom:.75rem}
.masthead h1{margin:.5em 0;color:var(--red);font-size:clamp(2rem,9vw,3.5rem);line-height:1.2;
letter-spacing:.06em}
.masthead .number{margin:0 0 1.5rem}
.masthead .issued{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 2em;margin:0;
padding:0 1em;font-size:.89em}
.issue h2{margin:1.75em 0 .5em;text-indent:2em;font-size:1em;
font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.issue p{text-indent:2em;margin:0 0 .5em;overflow-wrap:anywhere}
.masthead p,.imprint p{text-indent:0}
.num{color:inherit;text-decoration:none}
.num:hover,.num:focus-visible{color:var(--red);text-decoration:underline}
.imprint{margin-top:3rem;border-top:2px solid var(--ink-2);border-bottom:2px solid var(--ink-2);
font-size:.89em}
.imprint p{margin:0;padding:.35em 1em .35em 3em;text-indent:-2em}
.imprint p+p{border-top:1px solid var(--line)}
@media print{body{padding:0;background:#fff;color:#000}}
""".strip()
STYLE_HASH: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'"
"""What a server that shows the page sends, so that it and the page agree."""


def render(document: IssueDocument) -> bytes:
    """The issue as an HTML page that needs nothing else. Raises ValueError beyond the limits."""
    title = escaped(f"{document.masthead}{document.period.label} {document.number_line}")
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"{fragment(document)}\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def fragment(document: IssueDocument) -> str:
    """The issue as an `<article>`, escaped, for any page to hold."""
    admit(document)
    lines = document.lines()
    parts = chain(
        ['<article class="issue" lang="zh-CN">', '<header class="masthead">'],
        _masthead(lines, document),
        ["</header>"],
        _sections(lines),
        _imprint(lines),
        ["</article>"],
    )
    return "\n".join(parts)


def _masthead(lines: tuple[Line, ...], document: IssueDocument) -> Iterator[str]:
    text = {line.role: escaped(line.text) for line in lines[:4]}
    yield f"<h1>{text['title']}</h1>"
    yield f'<p class="number">{text["number"]}</p>'
    date = ""
    if document.issued_on:
        day = document.issued_on.isoformat()
        date = f' <time class="date" datetime="{day}">{text["date"]}</time>'
    yield f'<p class="issued"><span class="issuer">{text["issuer"]}</span>{date}</p>'


def _sections(lines: tuple[Line, ...]) -> Iterator[str]:
    opened = False
    for line in lines:
        if line.role == "heading":
            if opened:
                yield "</section>"
            opened = True
            yield f'<section id="{line.anchor}" aria-labelledby="{line.anchor}-h">'
            yield f'<h2 id="{line.anchor}-h">{escaped(line.text)}</h2>'
        elif line.role in ("paragraph", "item"):
            yield _paragraph(line)
    if opened:
        yield "</section>"


def _paragraph(line: Line) -> str:
    anchor = line.anchor
    label = f'<a class="num" href="#{anchor}">{escaped(line.label)}</a>' if line.label else ""
    return f'<p class="{line.role}" id="{anchor}">{label}{escaped(line.body)}</p>'


def _imprint(lines: tuple[Line, ...]) -> Iterator[str]:
    imprint = [line for line in lines if line.role == "imprint"]
    if imprint:
        yield '<footer class="imprint">'
        yield from (f"<p>{escaped(line.text)}</p>" for line in imprint)
        yield "</footer>"
