"""Everybody decides for themselves whether to be told of what is no task."""

from __future__ import annotations

from django.urls import reverse

from bulletin.models import Mail
from bulletin.moves import make_move
from tests.newsroom import Newsroom


def test_the_choice_is_kept_and_heeded(client, house):
    client.force_login(house.clerk)
    at = reverse("mail_choice")
    assert " checked" not in client.get(at).content.decode()
    assert client.post(at, {"only_tasks": "1"}).url == at
    assert " checked" in client.get(at).content.decode()
    make_move(Newsroom(house).claimed(), "decline", by=house.editor, note="重复。")
    assert Mail.objects.count() == 0
    client.post(at, {})
    make_move(Newsroom(house).claimed(), "decline", by=house.editor, note="重复。")
    assert Mail.objects.get().to == house.clerk.email


def test_strangers_are_asked_who_they_are(client, db):
    at = reverse("mail_choice")
    assert client.get(at).url.startswith("/accounts/login/")
    assert client.post(at, {"only_tasks": "1"}).url.startswith("/accounts/login/")
