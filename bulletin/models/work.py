"""Background work as rows: written in the transaction that causes it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from windows.models import Centre
from windows.models.places import OfCentreQuerySet


class Job(models.Model):
    """One piece of work, done once: `key` says which; a lease says who is at it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")

    kind = models.CharField(_("种类"), max_length=20)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    run_at = models.DateTimeField(_("何时"), default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    error = models.TextField(_("出错"), blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["run_at"],
                condition=Q(state__in=["waiting", "running"]),
                name="jobs_to_do",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Mail(models.Model):
    """A mail to send, in the outbox until it is sent; `key` keeps it from going twice."""

    centre = models.ForeignKey(Centre, models.PROTECT, verbose_name=_("中心"))
    to = models.EmailField(_("收件人"))
    subject = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    key = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField(_("写入"), auto_now_add=True)
    sent_at = models.DateTimeField(_("送出"), null=True)

    objects = OfCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("邮件")
        verbose_name_plural = _("定时与邮件")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.to}：{self.subject}"
