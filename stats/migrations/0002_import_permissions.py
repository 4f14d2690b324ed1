from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stats", "0001_figures"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="indicator",
            options={
                "ordering": ["order", "pk"],
                "permissions": [("import_indicator", "导入指标")],
                "verbose_name": "指标",
                "verbose_name_plural": "指标",
            },
        ),
        migrations.AlterModelOptions(
            name="monthlyreport",
            options={
                "ordering": ["-year", "-month", "window"],
                "permissions": [("import_monthlyreport", "导入月度数据")],
                "verbose_name": "月度数据",
                "verbose_name_plural": "月度数据",
            },
        ),
    ]
