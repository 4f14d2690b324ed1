"""Who asked to be told of new issues by mail: an address, and nothing else of the person."""

from __future__ import annotations

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from .publications import Publication


def _nonce() -> str:
    return get_random_string(22)


class Subscriber(models.Model):
    """Asked for on the site, real once its mail was answered; deleted when unsubscribed.

    `nonce` goes into the tokens of its mails, which are computed and never stored: who
    reads this table can neither confirm nor unsubscribe anybody.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, verbose_name=_("刊物"))
    email = models.EmailField(_("邮箱"))
    nonce = models.CharField(max_length=32, default=_nonce)
    asked_at = models.DateTimeField(_("申请"), auto_now_add=True)
    mailed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(_("确认"), null=True)

    class Meta:
        verbose_name = _("订阅")
        verbose_name_plural = _("订阅")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "email"], name="one_subscription_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} #{self.pk}"
