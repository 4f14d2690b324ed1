"""The compiled catalogue is that of the text, and says what the libraries' own do not."""

import subprocess
from pathlib import Path
from shutil import which

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

FOLDER = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
STRINGS = [
    "Select all",
    "Resource",
    "Value could not be parsed.",
    "After you’ve created a user, you’ll be able to edit more user options.",
    "Forgotten your login credentials?",
]


@pytest.mark.parametrize("string", STRINGS)
def test_strings_that_libraries_leave_in_english_are_chinese(string):
    with override("zh-hans"):
        assert gettext(string) != string


@pytest.mark.skipif(which("msgfmt") is None, reason="needs gettext's msgfmt")
def test_the_compiled_catalogue_is_up_to_date(tmp_path):
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "-o", made, FOLDER / "django.po"], check=True)
    assert made.read_bytes() == (FOLDER / "django.mo").read_bytes()
