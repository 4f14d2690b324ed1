"""The foot of the pages as a list: PostgreSQL keeps the keys of an object in no order."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def as_lists(apps: Any, schema_editor: Any) -> None:
    for centre in apps.get_model("windows", "Centre").objects.all():
        if isinstance(centre.footer, dict):
            centre.footer = [[label, text] for label, text in centre.footer.items()]
            centre.save(update_fields=["footer"])


def as_objects(apps: Any, schema_editor: Any) -> None:
    for centre in apps.get_model("windows", "Centre").objects.all():
        centre.footer = dict(centre.footer)
        centre.save(update_fields=["footer"])


class Migration(migrations.Migration):
    dependencies = [("windows", "0007_used_passwords")]

    operations = [
        migrations.AlterField(
            model_name="centre",
            name="footer",
            field=models.JSONField(blank=True, default=list, verbose_name="页脚"),
        ),
        migrations.RunPython(as_lists, as_objects),
    ]
