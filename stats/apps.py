from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from stats import locked


class StatsConfig(AppConfig):
    name = "stats"
    verbose_name = _("数据")

    def ready(self) -> None:
        pre_migrate.connect(locked.GUARD.take_down, sender=self)
        post_migrate.connect(locked.GUARD.put_up, sender=self)
