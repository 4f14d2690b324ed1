"""What every answer must carry and no page may hold (security rule 8)."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
OF_A_DOWNLOAD: Final = "default-src 'none'; sandbox"
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OPEN: Final = "/api/v1/"  # pages of any site may read it
STAFF: Final = ("/admin/", "/desk/", "/accounts/", "/attachments/")
_ADDRESSES: Final = {"href", "src", "action", "formaction", "poster", "data", "xlink:href"}


def response_problems(response: Any) -> list[str]:
    path = response.wsgi_request.path
    found = [*_headers(response, path), *_cookies(response, path)]
    if response["Content-Type"].startswith(("text/html", "image/svg")):
        found += page_problems(response.content.decode())
    return [f"{response.wsgi_request.method} {path}: {problem}" for problem in found]


def _headers(response: Any, path: str) -> Iterator[str]:
    opened = {"Cross-Origin-Resource-Policy": "cross-origin"} if path.startswith(OPEN) else {}
    for name, value in (HEADERS | opened).items():
        if response.headers.get(name) != value:
            yield f"{name} is {response.headers.get(name)!r}"
    kept = path.startswith("/attachments/") and response.status_code == 200
    if _parts(response.headers.get("Content-Security-Policy", "")) != _parts(
        OF_A_DOWNLOAD if kept else POLICY
    ):
        yield f"policy is {response.headers.get('Content-Security-Policy')!r}"
    if path.startswith(STAFF) and "no-store" not in response.headers.get("Cache-Control", ""):
        yield "a staff page may be stored"


def _parts(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";") if part.strip()}


def _cookies(response: Any, path: str) -> Iterator[str]:
    for name, cookie in response.cookies.items():
        if not path.startswith(STAFF):
            yield f"a public page sets {name}"
        if cookie.value and not (cookie["httponly"] and cookie["samesite"] == "Lax"):
            yield f"{name} is open to scripts or other sites"


def page_problems(text: str) -> list[str]:
    reader = _Reader()
    reader.feed(text)
    return reader.problems


class _Reader(HTMLParser):
    """Nothing in a page is run or styled but files of our own."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "script" and "src" not in given:
            self.problems.append("a script without src")
        if tag in {"style", "iframe", "object", "embed", "base"}:
            self.problems.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.problems.append(f'<{tag} {name}="{value}">')
            named = tag == "link" and (
                given.get("rel") in {"canonical", "alternate"}
                or (given.get("itemprop") and "rel" not in given)
            )
            if name in _ADDRESSES and not named and not _is_ours(tag, value or ""):
                self.problems.append(f"<{tag} {name}={value}>")


def _is_ours(tag: str, address: str) -> bool:
    """Links may lead elsewhere by https; what is loaded or sent may not."""
    scheme = address.strip().lower().partition(":")[0] if ":" in address.split("/")[0] else ""
    if tag == "a":
        return scheme in {"", "https", "mailto", "tel"}
    return not scheme and not address.startswith("//")
