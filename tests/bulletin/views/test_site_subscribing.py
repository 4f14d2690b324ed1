"""Mail subscription: confirmed from the mailbox, ended in one press, nothing kept after."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from bulletin import outbox, subscribing
from bulletin.models import Job, Subscriber
from bulletin.tasks import HANDLERS
from tests import press

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.cn"


def work() -> None:
    """Do what is due, as the worker would."""
    while ids := list(outbox.due(timezone.now()).values_list("pk", flat=True)):
        for pk in ids:
            outbox.run(pk, HANDLERS)


def ask(client, email: str = ADDRESS, **headers):
    return client.post("/monthly/subscribe/", {"email": email}, headers=headers)


def link(message, word: str) -> str:
    [url] = re.findall(rf"http://localhost:8000(/monthly/subscribe/{word}/\S+)", message.body)
    return url


@pytest.fixture
def subscribed(client, house) -> Subscriber:
    ask(client)
    work()
    client.post(link(mail.outbox.pop(), "confirm"))
    return Subscriber.objects.get()


def test_nobody_is_subscribed_before_the_mailbox_says_yes(client, house):
    assert "请查收邮件" in ask(client).content.decode()
    work()
    [question] = mail.outbox
    assert question.to == [ADDRESS]
    url = link(question, "confirm")
    assert "确认订阅" in client.get(url).content.decode()
    assert Subscriber.objects.get().confirmed_at is None
    assert "已经订阅" in client.post(url).content.decode()
    assert Subscriber.objects.get().confirmed_at is not None


def test_a_subscriber_is_told_once_of_each_edition(client, house, subscribed):
    edition = press.publish(house.publication, press.document(2026, 3), house.editor)
    for _ in range(2):
        subscribing.announce(edition)
        work()
    subscribing.send_announcement({"edition": edition.pk})
    work()
    [letter] = mail.outbox
    assert letter.subject == "《政务窗口月报》2026年第3期"
    assert "http://localhost:8000/monthly/2026/3/" in letter.body
    headers = letter.extra_headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"] == f"<http://localhost:8000{link(letter, 'end')}>"


def test_a_correction_is_told_with_its_notice(client, house, subscribed):
    paper = press.document(2026, 3)
    old = press.publish(house.publication, paper, house.editor)
    right = press.with_text(paper, "更正。")
    new = press.publish(house.publication, right, house.editor, supersedes=old)
    subscribing.announce(old)
    subscribing.announce(new)
    work()
    [letter] = mail.outbox
    assert letter.subject == "《政务窗口月报》2026年第3期有更正"


def test_one_press_ends_it_without_a_form_and_deletes_the_address(client, house, subscribed):
    edition = press.publish(house.publication, press.document(2026, 3), house.editor)
    subscribing.announce(edition)
    work()
    url = link(mail.outbox.pop(), "end")
    assert Subscriber.objects.exists(), "opening the link is not pressing the button"
    client.get(url)
    assert Subscriber.objects.exists()
    pressed = client.post(
        url,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"origin": "https://mail.example", "sec-fetch-site": "cross-site"},
    )
    assert "已经退订" in pressed.content.decode()
    assert not Subscriber.objects.exists()
    assert not Job.objects.filter(payload__icontains=ADDRESS).exists()
    assert client.post(url).status_code == 410


def test_letters_under_way_are_not_sent_after_the_end(client, house, subscribed):
    edition = press.publish(house.publication, press.document(2026, 3), house.editor)
    subscribing.send_announcement({"edition": edition.pk})
    subscribed.delete()
    work()
    assert mail.outbox == []


def test_tokens_are_not_kept_and_not_guessed(client, house, subscribed):
    token = subscribing.token(subscribed, "end")
    assert token.split("-")[1] not in repr(Subscriber.objects.values())
    other = subscribing.token(subscribed, "confirm")
    for wrong in (other, token[:-1] + "x", "0-", f"{subscribed.pk}-", "9" * 40 + "-a", "x"):
        assert client.post(f"/monthly/subscribe/end/{wrong}/").status_code == 410
    assert Subscriber.objects.exists()


def test_an_address_is_written_to_once_a_quarter_of_an_hour(client, house):
    said = {ask(client).content for _ in range(3)}
    work()
    assert len(said) == len(mail.outbox) == 1


def test_who_does_not_confirm_is_forgotten(client, house):
    ask(client)
    Subscriber.objects.update(mailed_at=timezone.now() - timedelta(hours=49))
    Job.objects.filter(kind="forget").update(run_at=timezone.now())
    work()
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a@example.cn\nBcc: b@example.cn", "a" * 250 + "@example.cn"]
)
def test_an_address_that_is_none_is_refused_with_what_was_typed(client, house, email):
    answer = ask(client, email)
    assert answer.status_code == 400
    assert "请填写完整的邮箱地址" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_other_sites_cannot_make_their_readers_subscribe(client, house):
    assert ask(client, **{"sec-fetch-site": "cross-site"}).status_code == 403


def test_one_place_asks_for_five_at_once(client, house):
    statuses = [ask(client, f"r{n}@example.cn").status_code for n in range(6)]
    assert statuses == [200] * 5 + [429]


def test_a_slip_of_the_pen_is_seen_and_put_right_at_once(client, house):
    page = ask(client, "raeder@example.cn").content.decode()
    assert "我们给 raeder@example.cn 发了一封信。" in page
    assert '<a class="button" href="/monthly/subscribe/">邮箱写错了，重新填写</a>' in page
    hostile = ask(client, '"<b>"@example.cn').content.decode()
    assert "<b>" not in hostile


def test_whoever_left_or_came_too_late_can_ask_again_from_there(client, house, subscribed):
    url = f"/monthly/subscribe/end/{subscribing.token(subscribed, 'end')}/"
    again = '<a class="button" href="/monthly/subscribe/?view=dark">重新订阅</a>'
    left = client.post(f"{url}?view=dark").content.decode()
    assert "已经退订" in left
    assert again in left
    late = client.get(f"{url}?view=dark")
    assert (late.status_code, again in late.content.decode()) == (410, True)
    Subscriber.objects.all().delete()
    ask(client)
    work()
    assert "已经订阅" in client.post(link(mail.outbox.pop(), "confirm")).content.decode()
