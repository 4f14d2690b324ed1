"""Colours are written where they are chosen, in three places; what has one name has one value."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bulletin

STYLES = Path(bulletin.__file__).parent / "static" / "bulletin"
_BLOCK = re.compile(r"([^{}]*:root[^{}]*|html\[[^{}]*)\{([^{}]*)\}")
_COLOUR = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{3,6});")


def palettes(name: str) -> list[dict[str, str]]:
    """The colours of each block of a file that sets any, light ones first."""
    text = re.sub(r"/\*.*?\*/", "", (STYLES / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [dict(_COLOUR.findall(body)) for _selector, body in _BLOCK.findall(text)]
    return [colours for colours in found if "--ink" in colours]


@pytest.mark.parametrize("name", ["site.css", "newsroom/tokens.css"])
def test_a_colour_is_the_same_on_the_site_in_the_newsroom_and_at_the_desk(name):
    light, dark = palettes("base.css")
    for colours in palettes(name):
        same = light if colours["--ink"] == light["--ink"] else dark
        shared = colours.keys() & same.keys()
        assert {"--ink", "--paper", "--red", "--blue"} <= shared
        assert {key: colours[key] for key in shared} == {key: same[key] for key in shared}


def test_both_palettes_of_each_file_are_read():
    assert [len(palettes(name)) for name in ("base.css", "site.css", "newsroom/tokens.css")] == [
        2,
        2,
        3,
    ]
