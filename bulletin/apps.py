from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.apps import DefaultConfig

from bulletin import frozen
from bulletin.celery import app
from bulletin.groups import sync_groups


class BulletinConfig(AppConfig):
    name = "bulletin"
    verbose_name = _("编辑部")

    def ready(self) -> None:
        app.set_default()  # in every thread, the nudger's too
        post_migrate.connect(sync_groups, sender=self)
        post_migrate.connect(frozen.GUARD.put_up, sender=self)
        # They hear signals, or are asked, from the start.
        autodiscover_modules("doorkeeping", "listening", "faces")


class NewsroomConfig(AdminConfig):
    """The stock admin with the newsroom's own index and order of rooms."""

    default_site = "bulletin.newsroom.NewsroomSite"


class SecondFactorConfig(DefaultConfig):  # type: ignore[misc]  # has no types
    """After the newsroom, which found its admin: secrets have no page there."""

    default = False

    def ready(self) -> None:
        super().ready()
        admin.site.unregister(self.get_model("TOTPDevice"))
