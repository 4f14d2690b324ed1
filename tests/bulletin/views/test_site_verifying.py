"""The verification page: by code, by digest, by file."""

from __future__ import annotations

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bulletin import storage
from bulletin.models import Edition
from bulletin.verification import code_of
from bulletin.views.site import open_forms
from tests import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def editions(house):
    paper = press.document(2026, 3)
    old = press.publish(house.publication, paper, house.editor)
    right = press.with_text(paper, "3月30日，更正的一条。")
    return old, press.publish(house.publication, right, house.editor, supersedes=old)


def said(answer) -> str:
    return html.unescape(answer.content.decode())


def ask(client, code: str) -> str:
    return said(client.get("/verify/", {"code": code}))


def test_the_code_of_the_last_page_is_genuine_however_it_is_typed(client, editions):
    code = code_of(editions[1].digest)
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code}  "):
        assert "是本刊发布的原件" in ask(client, typed)
    assert 'href="/monthly/2026/3/">阅读现行版本' in ask(client, code)


def test_a_replaced_edition_says_so(client, editions):
    assert "已被更正取代" in ask(client, code_of(editions[0].digest))
    assert "已被更正取代" in ask(client, editions[0].files.get(format="pdf").sha256)


def test_a_withdrawn_edition_gives_the_reason(client, editions):
    new = editions[1]
    Edition.objects.filter(pk=new.pk).update(
        withdrawn_at=new.published_at, withdraw_reason="数据有误。"
    )
    page = ask(client, new.digest)
    assert "已经撤下" in page
    assert "数据有误。" in page


def test_what_is_not_ours_is_unknown_and_a_slip_is_told(client, editions):
    assert "不是本刊发布的文件" in ask(client, "0" * 64)
    code = code_of(editions[1].digest)
    wrong = ("1" if code[0] != "1" else "2") + code[1:]
    assert "验证码不对" in ask(client, wrong)
    assert "验证码不对" in ask(client, "'; --\x00<b>")


@pytest.mark.parametrize(
    ("typed", "told", "english"),
    [
        ("1234", "现在是4个", "this has 4"),
        ("9F3K-0QZ7-M2X政", "没有“政”这个字符", "the character “政”"),
        ("ZZZZ-ZZZZ-ZZZZ", "有一处不对", "One place of the code is wrong"),
    ],
)
def test_a_slip_is_told_in_the_language_of_the_page(client, editions, typed, told, english):
    assert told in client.get("/verify/", {"code": typed}).content.decode()
    assert english in client.get("/verify/", {"code": typed, "view": "en"}).content.decode()


def test_a_proof_is_not_ours(client, house):
    proof = press.proof(house.publication, press.document(2026, 3), house.editor)
    assert "不是本刊发布的文件" in ask(client, proof.digest)


def upload(client, data: bytes, **headers):
    return client.post("/verify/", {"file": SimpleUploadedFile("月报.pdf", data)}, headers=headers)


def test_a_file_is_known_by_its_digest_and_not_kept(client, editions, tmp_path):
    data = storage.read(editions[1].files.get(format="pdf"))
    before = sorted(tmp_path.rglob("*"))
    answer = upload(client, data)
    assert "是本刊发布的原件" in said(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert sorted(tmp_path.rglob("*")) == before
    assert "不是本刊发布的文件" in said(upload(client, data + b"\n"))


def test_a_file_too_large_is_refused_with_advice(client, editions, monkeypatch):
    monkeypatch.setattr(open_forms, "LARGEST_FILE", 1000)
    answer = upload(client, b"x" * 200_000)
    assert answer.status_code == 413
    assert "20 MB" in said(answer)


def test_nothing_given_is_told(client, editions):
    assert client.post("/verify/", {}).status_code == 400
    assert upload(client, b"").status_code == 400


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"},
                {"origin": "null"}, {"sec-fetch-site": "same-site"}],
)  # fmt: skip
def test_a_form_on_another_site_is_refused(client, editions, headers):
    assert upload(client, b"x", **headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}]
)
def test_our_own_form_and_old_browsers_are_not(client, editions, headers):
    assert upload(client, b"x", **headers).status_code == 200


def test_guessing_is_slowed_down(client, editions):
    statuses = [client.get("/verify/", {"code": "0" * 64}).status_code for _ in range(60)]
    assert statuses.count(429) > 20
