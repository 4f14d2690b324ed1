"""Walk the trail of every centre and name the first row that was tampered with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from bulletin.keeping.chain import first_break
from bulletin.models import Trail
from windows.models import Centre


class Command(BaseCommand):
    help = "核对各中心的流转记录：有没有被改、被删、被调换。"

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for centre in Centre.objects.all():
            found = first_break(centre)
            words = {"centre": centre, "n": Trail.objects.filter(centre=centre).count()}
            if found is None:
                self.stdout.write(_("%(centre)s：%(n)s条，完好。") % words)
                continue
            broken += 1
            words |= {"serial": found.serial, "reason": found.reason}
            self.stdout.write(_("%(centre)s：第%(serial)s条%(reason)s") % words)
        if broken:
            raise CommandError(_("有%(n)s个中心的流转记录不完好。") % {"n": broken})
