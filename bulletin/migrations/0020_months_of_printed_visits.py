"""What a visit's issue reports on, out of the frozen content: the issue's own row may change."""

import json

from django.db import migrations, models


def fill(apps, schema_editor):
    editions = apps.get_model("bulletin", "Edition").objects.using(schema_editor.connection.alias)
    visits = apps.get_model("bulletin", "PrintedVisit").objects.using(schema_editor.connection.alias)
    held = visits.values("edition")
    for pk, content in editions.filter(pk__in=held).values_list("pk", "content").iterator():
        period = json.loads(content)["period"]
        visits.filter(edition=pk).update(month=period["month"], month_to=period.get("month_to"))


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0019_take_over_old_issues"),
    ]

    operations = [
        migrations.AddField(
            model_name="printedvisit",
            name="month",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="printedvisit",
            name="month_to",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
