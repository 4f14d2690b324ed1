from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from windows import separation


class WindowsConfig(AppConfig):
    name = "windows"
    verbose_name = _("名录")

    def ready(self) -> None:
        pre_migrate.connect(separation.GUARD.take_down, sender=self)
        post_migrate.connect(separation.GUARD.put_up, sender=self)
