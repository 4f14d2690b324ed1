"""The code of the last page: found again as typed, and no slip passes unseen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.verification import ALPHABET, BadCode, code_of, digest_prefix

DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
DIGEST = "59c450e63feed4ea" * 4


@given(DIGESTS)
def test_a_code_leads_back_to_its_document(digest):
    assert digest.startswith(digest_prefix(code_of(digest)))


def test_a_code_is_three_groups_of_four():
    assert [len(group) for group in code_of(DIGEST).split("-")] == [4, 4, 4]


@given(DIGESTS, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(digest, at, other):
    code = code_of(digest).replace("-", "")
    if code[at] != other:
        with pytest.raises(BadCode):
            digest_prefix(code[:at] + other + code[at + 1 :])


@given(DIGESTS, st.integers(0, 10), st.integers(1, 11))
def test_two_that_changed_places_are_found(digest, one, other):
    code = list(code_of(digest).replace("-", ""))
    if one < other and code[one] != code[other]:
        code[one], code[other] = code[other], code[one]
        with pytest.raises(BadCode):
            digest_prefix("".join(code))


def test_it_is_read_as_people_type_it():
    code = code_of(DIGEST)
    wide = "".join(chr(ord(char) + 0xFEE0) if char != "-" else "－" for char in code)
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ", wide):
        assert digest_prefix(typed) == DIGEST[:13]


def test_letters_left_out_are_read_as_what_they_look_like():
    code = code_of("0" * 64)
    assert digest_prefix(code.replace("0", "O")) == "0" * 13


@pytest.mark.parametrize(
    ("typed", "wrong", "seen"),
    [
        ("", "length", "0"),
        ("1234", "length", "4"),
        ("政务窗口", "character", "政"),
        ("ZZZZ-ZZZZ-ZZZZ", "check", ""),
    ],
)
def test_what_is_no_code_is_refused_with_what_is_wrong(typed, wrong, seen):
    with pytest.raises(BadCode) as refused:
        digest_prefix(typed)
    assert (refused.value.wrong, refused.value.seen) == (wrong, seen)


@pytest.mark.parametrize("digest", ["", "59c4", "Z" * 64])
def test_only_a_digest_has_a_code(digest):
    with pytest.raises(ValueError, match="no SHA-256"):
        code_of(digest)
