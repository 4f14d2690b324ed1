from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from bulletin.groups import sync_groups


class BulletinConfig(AppConfig):
    name = "bulletin"
    verbose_name = _("编辑部")

    def ready(self) -> None:
        post_migrate.connect(sync_groups, sender=self)
