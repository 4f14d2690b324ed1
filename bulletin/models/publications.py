"""The periodical and the templates its issues are made from."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from windows.models import Centre
from windows.models.places import OfCentreQuerySet


class SectionKind(models.TextChoices):
    STATS = "stats", _("运行情况（由数据写成）")
    NEWS = "news", _("动态、资讯")
    PROGRESS = "progress", _("重点工作")
    VISITS = "visits", _("厅（局）长进大厅")


# First parts of addresses that are other doors (bulletin/urls.py).
RESERVED = frozenset(
    {
        "about",
        "accounts",
        "admin",
        "api",
        "attachments",
        "desk",
        "healthz",
        "search",
        "static",
        "verify",
    }
)


def not_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(_("“%(slug)s”是系统用的网址，请换一个。"), params={"slug": slug})


class Autospace(models.IntegerChoices):
    """Between hanzi and Latin letters or digits, in thousandths of a character."""

    NONE = 0, _("不空")
    EIGHTH = 125, _("空八分之一字")
    FIFTH = 200, _("空五分之一字")
    QUARTER = 250, _("空四分之一字")


class Publication(models.Model):
    """Settings of one periodical; rules that rest on one printed issue are defaults here."""

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    slug = models.SlugField(_("网址名"), unique=True, validators=[not_reserved])
    title = models.CharField(_("刊名"), max_length=40, default="政务窗口月报")
    issuer = models.CharField(_("编印单位"), max_length=100)
    narrative = models.TextField(_("运行情况模板"), blank=True)
    rows_per_page = models.PositiveSmallIntegerField(
        _("每页行数"),
        default=22,
        validators=[MinValueValidator(10), MaxValueValidator(30)],
        help_text=_("国家标准每页22行。"),
    )
    cells_per_row = models.PositiveSmallIntegerField(
        _("每行字数"),
        default=28,
        validators=[MinValueValidator(20), MaxValueValidator(40)],
        help_text=_("国家标准每行28字。"),
    )
    hang_punctuation = models.BooleanField(
        _("行末标点可以出格"),
        default=True,
        help_text=_(
            "逗号、句号、顿号、冒号、分号正好多出一格时，印在版心外面，不挤压也不另起一行。"
        ),
    )
    autospace = models.PositiveSmallIntegerField(
        _("汉字与数字、字母之间"),
        choices=Autospace,
        default=Autospace.FIFTH,
        help_text=_("例如“办理3.79万件”里数字两边的空隙。正文里不打空格，印的时候按这里空开。"),
    )
    synonyms = models.TextField(
        _("检索同义词"),
        blank=True,
        help_text=_("一行一组，用空格或顿号分开，例如“社保 社会保险 社会保障”。"),
    )
    is_public = models.BooleanField(_("公开"), default=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("刊物")
        verbose_name_plural = _("刊物")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"《{self.title}》"


class SectionTemplate(models.Model):
    """A heading every issue starts with; `{y}` and `{m}` stand for the months covered."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="section_templates", verbose_name=_("刊物")
    )
    key = models.SlugField(_("代号"), max_length=40)
    heading = models.CharField(_("标题"), max_length=60)
    kind = models.CharField(_("种类"), max_length=10, choices=SectionKind, default=SectionKind.NEWS)
    position = models.PositiveSmallIntegerField(_("次序"), default=1)
    print_when_empty = models.BooleanField(_("没有条目也印标题"), default=False)

    class Meta:
        verbose_name = _("栏目模板")
        verbose_name_plural = _("栏目模板")
        ordering = ["publication", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "key"], name="section_template_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.heading


class ImprintTemplate(models.Model):
    """A line of the 版记: 报 (upwards), 送 (level) or 发 (downwards)."""

    class Label(models.TextChoices):
        REPORT = "报", _("报")
        DELIVER = "送", _("送")
        SEND = "发", _("发")

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="imprint", verbose_name=_("刊物")
    )
    label = models.CharField(_("报/送/发"), max_length=2, choices=Label)
    text = models.CharField(_("单位"), max_length=300, help_text=_("末尾用句号。"))
    position = models.PositiveSmallIntegerField(_("次序"), default=1)

    class Meta:
        verbose_name = _("版记")
        verbose_name_plural = _("版记")
        ordering = ["publication", "position"]

    def __str__(self) -> str:
        return f"{self.label}：{self.text}"


class Recipient(models.Model):
    """An address of the 报、送、发 list: told when an issue is published, corrected, withdrawn."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="recipients", verbose_name=_("刊物")
    )
    label = models.CharField(_("报/送/发"), max_length=2, choices=ImprintTemplate.Label)
    name = models.CharField(_("单位或姓名"), max_length=60)
    email = models.EmailField(_("邮箱"))
    is_active = models.BooleanField(_("寄送"), default=True)

    class Meta:
        verbose_name = _("寄送对象")
        verbose_name_plural = _("寄送对象")
        ordering = ["publication", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "email"],
                name="one_mail_a_recipient",
                violation_error_message=_("这个邮箱已经在名单里。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.name}"
