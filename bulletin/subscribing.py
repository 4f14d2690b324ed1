"""Telling readers of new issues by mail: asked for, confirmed from the mailbox, ended in one press.

No account and no name: an address, deleted when its reader ends it or never confirms.
Tokens are computed from a row and the secret key and stored nowhere. Letters are jobs that
name the row, not the address: where the row is gone, nothing is sent (decision 31).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from bulletin import outbox
from bulletin.models import Edition, Publication, Subscriber

Purpose = Literal["confirm", "end"]
UNCONFIRMED_FOR: Final = dt.timedelta(hours=48)
BETWEEN_MAILS: Final = dt.timedelta(minutes=15)
MOST_PENDING: Final = 2000


class TooMany(Exception):  # noqa: N818  an answer, no error
    """So many have asked and not confirmed that nobody is written to for now."""


def ask(publication: Publication, email: str) -> None:
    """Write to the address, once a quarter of an hour at most. Raises TooMany.

    Who asks is told the same whether the address is new, waiting or subscribed.
    """
    with transaction.atomic():
        if _pending(publication) >= MOST_PENDING:
            raise TooMany
        row, _made = Subscriber.objects.select_for_update().get_or_create(
            publication=publication, email=email.strip().lower()
        )
        now = timezone.now()
        if row.mailed_at and row.mailed_at > now - BETWEEN_MAILS:
            return
        row.mailed_at = now
        row.save(update_fields=["mailed_at"])
        stamp = f"{row.pk}:{now.timestamp():.0f}"
        outbox.enqueue("subscription", f"subscription:{stamp}", {"subscriber": row.pk})
        outbox.enqueue(
            "forget", f"forget:{stamp}", {"subscriber": row.pk}, run_at=now + UNCONFIRMED_FOR
        )


def _pending(publication: Publication) -> int:
    return Subscriber.objects.filter(publication=publication, confirmed_at=None).count()


def token(row: Subscriber, purpose: Purpose) -> str:
    """12-9f2c…: which row, and a MAC of it that only this site can make."""
    mac = salted_hmac(f"subscription.{purpose}", f"{row.pk}.{row.nonce}", algorithm="sha256")
    return f"{row.pk}-{mac.hexdigest()[:40]}"


def owner(text: str, purpose: Purpose) -> Subscriber | None:
    """Whose token that is; None for a wrong one and where the row is gone."""
    number, _dash, _mac = text.partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    row = Subscriber.objects.filter(pk=int(number)).select_related("publication").first()
    return row if row and constant_time_compare(token(row, purpose), text) else None


def confirm(text: str) -> bool:
    row = owner(text, "confirm")
    if row is None:
        return False
    Subscriber.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=timezone.now())
    return True


def end(text: str) -> bool:
    """Delete the address; nothing of it is kept."""
    row = owner(text, "end")
    return bool(row and row.delete()[0])


# Letters: what jobs do


def announce(edition: Edition) -> None:
    """In the transaction that publishes: readers are written to after it, once."""
    outbox.enqueue("announce", f"announce:{edition.pk}", {"edition": edition.pk})


def send_announcement(payload: dict[str, Any]) -> None:
    """One letter a subscriber, each a job of its own."""
    edition = Edition.objects.current().filter(pk=payload["edition"]).first()
    if edition is None:  # replaced or withdrawn meanwhile, or not for the public
        return
    readers = Subscriber.objects.filter(
        publication=edition.issue.publication, confirmed_at__isnull=False
    )
    for pk in readers.values_list("pk", flat=True):
        job = {"edition": edition.pk, "subscriber": pk}
        outbox.enqueue("letter", f"letter:{edition.pk}:{pk}", job)


def send_letter(payload: dict[str, Any]) -> None:
    edition = Edition.objects.current().filter(pk=payload["edition"]).first()
    row = Subscriber.objects.filter(pk=payload["subscriber"]).first()
    if edition is None or row is None:
        return
    document = edition.document
    words = {
        "title": document.masthead,
        "year": edition.year,
        "number": document.number_line,
        "url": _address("site:issue", edition.issue.publication, edition.year, edition.number),
    }
    name = _("《%(title)s》%(year)s年%(number)s") % words
    subject, told = name, _("%s已经发布。")
    if edition.supersedes_id is not None:
        subject, told = _("%s有更正") % name, _("%s已经更正。")
    parts = (told % name, edition.notice, _("请在这里阅读和下载：\n%(url)s") % words)
    _send(row, subject, "\n\n".join(part for part in parts if part))


def send_question(payload: dict[str, Any]) -> None:
    """To the mailbox that somebody asked for: is it you?"""
    row = Subscriber.objects.filter(pk=payload["subscriber"]).first()
    if row is None:
        return
    words = {"title": row.publication.title}
    if row.confirmed_at:
        _send(row, _("您已经订阅《%(title)s》") % words, _("这个邮箱已经订阅，不用再办。"))
        return
    words["url"] = _address("site:confirm", row.publication, token(row, "confirm"))
    subject = _("请确认订阅《%(title)s》") % words
    body = _(
        "有人在网站上用这个邮箱订阅《%(title)s》。是您本人，请在两天内打开下面的地址，按“确认订阅”：\n"
        "%(url)s\n\n不是您，请不用理会：不确认就不会再有邮件，这个邮箱也会在两天后删除。"
    )
    _send(row, subject, body % words)


def forget(payload: dict[str, Any]) -> None:
    """Who has not confirmed by now is not kept; asking again later began a new wait."""
    before = timezone.now() - UNCONFIRMED_FOR + dt.timedelta(minutes=1)
    rows = Subscriber.objects.filter(pk=payload["subscriber"], confirmed_at=None)
    rows.filter(mailed_at__lt=before).delete()


def _send(row: Subscriber, subject: str, body: str) -> None:
    """With one-press unsubscription in the header (RFC 8058) and in the text."""
    url = _address("site:end", row.publication, token(row, "end"))
    foot = _("不想再收，请打开：\n%s") % url
    EmailMessage(
        subject,
        f"{body}\n\n{foot}\n",
        to=[row.email],
        headers={
            "Auto-Submitted": "auto-generated",  # nobody's holiday answers it (RFC 3834)
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    ).send()


def _address(name: str, publication: Publication, *rest: object) -> str:
    return settings.SITE_URL + reverse(name, args=[publication.slug, *rest])
