"""Which font draws what, and what no font can draw."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from bulletin.typeset import find_fonts, system_fonts
from bulletin.typeset.fonts import ROLES, font_directories, installed_fonts
from bulletin.typeset.installing import (
    FontInstallError,
    install_fonts,
    missing_packages,
)
from tests.bulletin.documents import small


def test_every_role_has_a_face_even_on_a_bare_machine():
    fonts = find_fonts(font_directories({})[-1:])
    assert all(fonts.chains[role] for role in ROLES)


def test_a_substituted_font_is_named():
    notices = {
        notice.role: notice for notice in find_fonts(font_directories({})[-1:]).substitutions
    }
    assert notices["body"].wanted == "FandolFang-Regular"
    assert notices["body"].used == "NotoSerifSC-Regular"


@pytest.mark.parametrize("char", "镕喆祎玥䶮")
def test_rare_characters_of_names_are_drawn(char):
    assert system_fonts().choose("body", char) is not None


def test_rare_characters_in_running_text_come_from_the_face_that_blends():
    fonts = system_fonts()
    if {"body", "rare"} & {notice.role for notice in fonts.substitutions}:
        pytest.skip("the designed fonts are not on this machine")
    assert fonts.choose("body", "祎") is fonts.chains["rare"][0]


def test_a_character_no_font_has_is_named_with_its_place():
    found = system_fonts().uncovered(small("甲", "乙\U0010fffd丙"))
    assert [tuple(one) for one in found] == [("\U0010fffd", "一、（二）第2字", 6, 1)]


@pytest.mark.parametrize("char", ["\x00", "\x07", "\ue000", "\u2028", "\ufffe"])
def test_characters_that_have_no_place_in_print_are_reported(char):
    assert [one.char for one in system_fonts().uncovered(small(f"甲{char}"))] == [char]


def test_places_have_words():
    document = small("甲", masthead="\ue000", issuer="乙\ue000", sections=())
    found = [one.where for one in system_fonts().uncovered(document)]
    assert found == ["刊名第1字", "编发单位第2字"]


def test_an_operator_puts_a_font_of_his_own_first(tmp_path):
    wheel = font_directories({})[-1] / "NotoSansSC-Regular.otf"
    own = tmp_path / "own.otf"
    own.write_bytes(wheel.read_bytes())
    fonts = find_fonts(font_directories({})[-1:], {"FONT_BODY": str(own)})
    face = fonts.choose("body", "政")
    assert face is not None
    assert face.path == own


def test_a_font_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="字体文件不存在：/none.ttf"):
        find_fonts([], {"FONT_BODY": "/none.ttf"})


def test_a_font_that_is_not_there_stops_the_start(monkeypatch):
    monkeypatch.setenv("FONT_BODY", "/none.ttf")
    system_fonts.cache_clear()
    with pytest.raises(SystemCheckError, match="字体文件不存在：/none.ttf"):
        call_command("check")
    monkeypatch.delenv("FONT_BODY")
    system_fonts.cache_clear()
    call_command("check")


def test_installed_fonts_lie_under_the_variable_directory(tmp_path):
    assert installed_fonts({"VAR_DIR": str(tmp_path)}) == tmp_path / "fonts"


def test_a_package_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FontInstallError, match="没有fonts-liberation的软件包"):
        install_fonts(tmp_path / "fonts", ["fonts-liberation"], tmp_path)


def test_a_broken_package_is_named(tmp_path):
    (tmp_path / "fonts-liberation_1_all.deb").write_bytes(b"nothing")
    with pytest.raises(FontInstallError, match="无法读取|没有dpkg-deb"):
        install_fonts(tmp_path / "fonts", ["fonts-liberation"], tmp_path)


def test_only_what_is_missing_is_fetched():
    assert missing_packages(["LiberationSerif-Regular.ttf", "LXGWWenKai-Light.ttf"]) == [
        "texlive-lang-chinese",
        "fonts-noto-cjk",
    ]
