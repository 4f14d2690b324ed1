"""Fonts by role: which file draws which character.

A role is a chain of faces; the first that has the character draws it. A glyph no
font has is silently lost by every PDF library, so coverage is asked per character
and what is left over is reported (`uncovered`). No font file is part of the project:
they come from the system, from `var/fonts` (`install_fonts`), from an operator's
overrides, and at the very last from a font wheel.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, cast, get_args

import uharfbuzz as hb

from ..document import IssueDocument, Line
from .characters import Kind, kind, suspicious

Role = Literal["body", "title", "heading", "kai", "song", "latin", "rare"]
ROLES: Final = cast(tuple[Role, ...], get_args(Role))
LABELS: Final[Mapping[Role, str]] = {
    "body": "仿宋",
    "title": "小标宋",
    "heading": "黑体",
    "kai": "楷体",
    "song": "宋体",
    "latin": "西文",
    "rare": "生僻字",
}

SIMPLIFIED: Final = 2
"""Where the SC face stands in the Noto CJK collections."""


class Candidate(NamedTuple):
    """A font file by name, and which of its faces."""

    file: str
    face: int = 0


_NOTO_SERIF: Final = (
    Candidate("NotoSerifCJK-Regular.ttc", SIMPLIFIED),
    Candidate("NotoSerifSC-Regular.otf"),
)
_NOTO_SANS: Final = (
    Candidate("NotoSansCJK-Regular.ttc", SIMPLIFIED),
    Candidate("NotoSansSC-Regular.otf"),
)
CHAINS: Final[Mapping[Role, tuple[Candidate, ...]]] = {
    "body": (Candidate("FandolFang-Regular.otf"), *_NOTO_SERIF, *_NOTO_SANS),
    "title": (
        Candidate("NotoSerifCJK-Bold.ttc", SIMPLIFIED),
        Candidate("FandolSong-Bold.otf"),
        *_NOTO_SERIF,
    ),
    "heading": (
        Candidate("NotoSansCJK-Bold.ttc", SIMPLIFIED),
        Candidate("FandolHei-Regular.otf"),
        *_NOTO_SANS,
    ),
    "kai": (
        Candidate("FandolKai-Regular.otf"),
        Candidate("LXGWWenKai-Regular.ttf"),
        *_NOTO_SERIF,
    ),
    "song": (Candidate("FandolSong-Regular.otf"), *_NOTO_SERIF),
    "latin": (
        Candidate("LiberationSerif-Regular.ttf"),
        Candidate("DejaVuSerif.ttf"),
        *_NOTO_SERIF,
    ),
    "rare": (
        Candidate("LXGWWenKai-Light.ttf"),
        Candidate("LXGWWenKai-Regular.ttf"),
        *_NOTO_SERIF,
        *_NOTO_SANS,
        Candidate("DejaVuSans.ttf"),
    ),
}
ROLE_OF_LINE: Final[Mapping[str, Role]] = {"title": "title", "heading": "heading"}
"""Every other line of a document is set in the body face (GB/T 9704 5.2.2, 7.3.3)."""


class Face:
    """One face of one font file; the file is mapped, not read, when first asked."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self.index = index
        self.name = path.stem if not index else f"{path.stem}-{index}"

    def __repr__(self) -> str:
        return f"Face({self.name})"

    @cached_property
    def face(self) -> Any:
        return hb.Face(hb.Blob.from_file_path(str(self.path)), self.index)

    @cached_property
    def font(self) -> Any:
        return hb.Font(self.face)

    @property
    def compact(self) -> bool:
        """Whether the outlines are CFF (else TrueType)."""
        return "CFF " in self.face.table_tags

    def glyph(self, char: str) -> int:
        """The glyph number of a character, 0 when the face does not have it."""
        return self.font.get_nominal_glyph(ord(char)) or 0

    def advance(self, glyph: int) -> float:
        """The advance in thousandths of an em."""
        return self.font.get_glyph_h_advance(glyph) * 1000 / self.face.upem

    def ink(self, glyph: int) -> tuple[float, float]:
        """Left and right edge of the ink in thousandths of an em; (0, 0) when blank."""
        extents = self.font.get_glyph_extents(glyph)
        if extents is None:
            return 0.0, 0.0
        scale = 1000 / self.face.upem
        return extents.x_bearing * scale, (extents.x_bearing + extents.width) * scale


class Substitution(NamedTuple):
    """A role drawn by another font than the one the page is designed with."""

    role: Role
    wanted: str
    used: str

    @property
    def words(self) -> str:
        return f"{LABELS[self.role]}缺{self.wanted}，以{self.used}代替"


class Uncovered(NamedTuple):
    """A character that cannot be printed, where it stands in words, and its place: the line of
    the document and how far into its body, below 0 in the label."""

    char: str
    where: str
    line: int
    start: int


@dataclass(frozen=True, eq=False)
class Fonts:
    """The chains of one machine. `chains[role]` holds the faces found, best first."""

    chains: Mapping[Role, tuple[Face, ...]]
    substitutions: tuple[Substitution, ...] = ()

    @cached_property
    def _chosen(self) -> dict[tuple[Role, str], Face | None]:
        return {}

    def choose(self, role: Role, char: str) -> Face | None:
        """The face that draws `char` in `role`; None when no font has it."""
        key = (role, char)
        if key not in self._chosen:
            self._chosen[key] = next((f for f in self._walk(role, char) if f.glyph(char)), None)
        return self._chosen[key]

    def _walk(self, role: Role, char: str) -> Iterator[Face]:
        """Best first. A rare hanzi in running text comes from the face that blends with it."""
        if role in ("body", "kai"):
            if kind(char) in (Kind.LATIN, Kind.SPACE):
                yield from self.chains.get("latin", ())
            yield from self.chains.get(role, ())[:1]
            yield from self.chains.get("rare", ())
        for name in (role, "rare", "latin"):
            yield from self.chains.get(name, ())

    def uncovered(self, document: IssueDocument) -> tuple[Uncovered, ...]:
        """Every character of the document that would be lost, once for each place."""
        found = []
        section = ""
        for order, line in enumerate(document.lines()):
            section = line.label if line.role == "heading" else section
            lost = {char for char in set(line.text) if self._lost(line, char)}
            for start, char in enumerate(line.text, -len(line.label)):
                if char in lost:
                    found.append(Uncovered(char, _where(line, section, start), order, start))
        return tuple(found)

    def _lost(self, line: Line, char: str) -> bool:
        return suspicious(char) or self.choose(ROLE_OF_LINE.get(line.role, "body"), char) is None


_PLACES: Final = {
    "title": "刊名",
    "number": "期号",
    "issuer": "编发单位",
    "date": "日期",
    "imprint": "版记",
}


def _where(line: Line, section: str, start: int) -> str:
    """The number is not counted with the text: 一、（二）第2字 is the second of the item."""
    name = _PLACES.get(line.role)
    if name is None:
        name = f"“{line.body}”" if line.role == "heading" else f"{section}{line.label}"
    return f"{name}第{start + 1}字" if start >= 0 else f"{name}的标号"


def find_fonts(directories: Sequence[Path], overrides: Mapping[str, str] | None = None) -> Fonts:
    """The fonts of a machine.

    `directories` are walked in order, the first file of a name wins. `overrides` is
    environment-like: `FONT_TITLE=/path/to/font.ttc#1` puts a face at the
    head of the role's chain. Raises ValueError when such a file does not exist.
    """
    files = _files(directories)
    chains: dict[Role, tuple[Face, ...]] = {}
    substitutions = []
    opened: dict[Candidate, Face] = {}
    for role in ROLES:
        found = [c for c in CHAINS[role] if c.file in files]
        faces = [opened.setdefault(c, Face(files[c.file], c.face)) for c in found]
        own = _override(role, overrides or {})
        chains[role] = tuple(own + faces)
        wanted = CHAINS[role][0]
        if not own and wanted not in found:
            used = faces[0].name if faces else "（无）"
            substitutions.append(Substitution(role, Path(wanted.file).stem, used))
    return Fonts(chains, tuple(substitutions))


def _files(directories: Sequence[Path]) -> dict[str, Path]:
    wanted = {candidate.file for chain in CHAINS.values() for candidate in chain}
    files: dict[str, Path] = {}
    for directory in directories:
        for root, folders, names in os.walk(directory):
            folders.sort()
            for name in sorted(wanted.intersection(names)):
                files.setdefault(name, Path(root, name))
    return files


def _override(role: Role, overrides: Mapping[str, str]) -> list[Face]:
    value = overrides.get(f"FONT_{role.upper()}", "")
    if not value:
        return []
    name, _, index = value.partition("#")
    if not Path(name).is_file():
        raise ValueError(f"字体文件不存在：{name}（FONT_{role.upper()}）")
    return [Face(Path(name), int(index or 0))]


def font_directories(environment: Mapping[str, str]) -> list[Path]:
    """Where fonts are looked for: the operator's, the project's, the system's, the wheel's."""
    own = environment.get("FONT_DIRS", "").split(",")
    places = [Path(part.strip()) for part in own if part.strip()]
    places.append(installed_fonts(environment))
    places += [Path.home() / ".local/share/fonts", Path.home() / ".fonts"]
    places += [Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]
    places.append(Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"))
    wheel = find_spec("pylopdf_fonts_zh_cn")
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).parent)
    return places


def installed_fonts(environment: Mapping[str, str]) -> Path:
    """Where `install_fonts` puts the free set: `fonts` under VAR_DIR."""
    default = Path(__file__).resolve().parents[2] / "var"
    return Path(environment.get("VAR_DIR", default)) / "fonts"


@lru_cache(maxsize=1)
def system_fonts() -> Fonts:
    """The fonts of this machine, found once a process."""
    return find_fonts(font_directories(os.environ), os.environ)


def uncovered(document: IssueDocument) -> tuple[Uncovered, ...]:
    """Characters of the document that this machine cannot print."""
    return system_fonts().uncovered(document)
