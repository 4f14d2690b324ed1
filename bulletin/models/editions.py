"""Proofs and editions: frozen content, its digest and its files.

Content, digest and number never change after creation; triggers in the
database refuse it (migration 0002).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bulletin.document import IssueDocument, loads
from windows.access import scope_of
from windows.roles import APPROVER, EDITOR, PUBLISHER

from .intake import Submission
from .issues import Issue
from .publications import Publication

if TYPE_CHECKING:
    from windows.access import Actor
    from windows.models import Centre


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, slug: str) -> Self:
        """One publication's, by indexes over its number and a year: no join stands between."""
        owner = Publication.objects.filter(slug=slug).values("pk")[:1]
        return self.filter(publication=owner)

    def visible_to(self, user: Actor) -> Self:
        scope = scope_of(user)
        if scope.everything:
            return self
        centres = scope.centres_as(EDITOR, APPROVER, PUBLISHER)
        return self.filter(issue__publication__centre__in=centres)

    def published(self) -> Self:
        """What the public may read: published editions, superseded ones included."""
        return self._public().filter(withdrawn_at=None)

    def current(self) -> Self:
        """The one edition of each published issue that holds now."""
        return self.published().filter(superseded_by=None)

    def withdrawn(self) -> Self:
        """What the public could read until it was withdrawn: named, with the reason, no more."""
        return self._public().filter(withdrawn_at__isnull=False)

    def standing(self) -> Self:
        """The printed edition of each issue, of publications kept inside too; one an issue."""
        return self.filter(published_at__isnull=False, withdrawn_at=None, superseded_by=None)

    def _public(self) -> Self:
        return self.filter(published_at__isnull=False, publication__is_public=True)


class Edition(models.Model):
    """Proof n of an issue; signed and published it is an edition."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="editions", verbose_name=_("期"))
    # The issue's, for good; kept here to be indexed together with year and number.
    publication = models.ForeignKey(
        Publication,
        models.PROTECT,
        related_name="editions",
        verbose_name=_("刊物"),
        db_index=False,
        editable=False,
    )
    proof_no = models.PositiveSmallIntegerField(_("校样号"))
    content = models.TextField(_("内容"), editable=False)
    digest = models.CharField(_("指纹"), max_length=64, editable=False, db_index=True)
    year = models.PositiveSmallIntegerField(_("年"), editable=False)
    number = models.PositiveSmallIntegerField(_("期号"), editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("送签人")
    )
    sent_at = models.DateTimeField(_("送签时间"), auto_now_add=True)
    notice = models.TextField(_("更正说明"), blank=True, editable=False)
    voided_at = models.DateTimeField(_("作废时间"), null=True, editable=False)
    void_reason = models.TextField(_("作废原因"), blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("签发人"),
        editable=False,
    )
    signed_at = models.DateTimeField(_("签发时间"), null=True, editable=False)
    sign_note = models.TextField(_("签发附言"), blank=True, editable=False)
    is_exception = models.BooleanField(_("编辑者自己签发"), default=False, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("复核人"),
        editable=False,
    )
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, editable=False)
    published_at = models.DateTimeField(_("发布时间"), null=True, editable=False)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="superseded_by",
        verbose_name=_("取代"),
        editable=False,
    )
    # The chain of the centre as it stood at publication, kept with what is public.
    trail_count = models.PositiveBigIntegerField(_("流转记录条数"), null=True, editable=False)
    trail_digest = models.CharField(_("流转记录指纹"), max_length=64, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("撤下时间"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("撤下人"),
        editable=False,
    )
    withdraw_reason = models.TextField(_("撤下理由"), blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("版次")
        verbose_name_plural = _("校样与签发")
        ordering = ["issue", "-proof_no"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "proof_no"], name="proof_numbers_once"),
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(voided_at=None, published_at=None),
                name="one_active_proof_an_issue",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(signed_at__isnull=False),
                name="only_the_signed_is_published",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
                name="only_the_published_is_withdrawn",
            ),
        ]
        indexes = [
            models.Index(fields=["publication", "year", "number"], name="editions_of_a_year"),
            models.Index(fields=["publication", "-published_at"], name="latest_published"),
            models.Index(
                fields=["publication", "year", "number"],
                condition=Q(withdrawn_at__isnull=False),
                name="withdrawn_of_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue}第{self.proof_no}号校样"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.publication_id is None:
            self.publication_id = self.issue.publication_id
        super().save(*args, **kwargs)

    @property
    def centre(self) -> Centre:
        return self.issue.centre

    @property
    def document(self) -> IssueDocument:
        return loads(self.content)


def in_print(issue: str) -> Exists:
    """Whether the issue at that path of the row has a printed edition: asked of editions, since
    an issue under correction is open again."""
    return Exists(Edition.objects.standing().filter(issue=OuterRef(issue)))


class PrintedSourceQuerySet(models.QuerySet["PrintedSource"]):
    def standing(self) -> Self:
        """Of the printed edition of each issue."""
        return self.filter(edition__in=Edition.objects.standing())


class PrintedSource(models.Model):
    """Which line of a proof a submission went into, written when the proof is frozen.

    The entry it stood in may be changed or taken down in a correction; what was printed of
    the submission is asked here.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sources")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="printed_in")
    line = models.PositiveIntegerField()

    objects = PrintedSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("刊出的来稿")
        verbose_name_plural = _("刊出的来稿")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "submission"], name="printed_source_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.line}"


class EditionFile(models.Model):
    """One rendered format, stored under its own SHA-256; written once however often rendered.

    `stamp` names the edition that took this one's place, on a copy that says so in print.
    """

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="files", verbose_name=_("版次")
    )
    format = models.CharField(_("格式"), max_length=10)
    stamp = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="+", verbose_name=_("取代它的版次")
    )
    sha256 = models.CharField(_("指纹"), max_length=64)
    size = models.PositiveIntegerField(_("字节"))
    pages = models.PositiveSmallIntegerField(_("页数"), null=True)
    path = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "format"],
                condition=Q(stamp=None),
                name="one_file_a_format",
            ),
            models.UniqueConstraint(
                fields=["edition", "format", "stamp"], name="one_stamped_copy_a_format"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="files_by_digest")]  # verification

    def __str__(self) -> str:
        return f"{self.edition} {self.format.upper()}"


class Correction(models.Model):
    """A public notice with what changed, linked to both editions (更正)."""

    old = models.OneToOneField(
        Edition, models.PROTECT, related_name="corrected_by", verbose_name=_("原版次")
    )
    new = models.OneToOneField(
        Edition, models.PROTECT, related_name="corrects", verbose_name=_("新版次")
    )
    notice = models.TextField(_("更正说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.notice[:30]
