from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("windows", "0001_directories"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="department",
            options={
                "ordering": ["order", "pk"],
                "permissions": [("import_department", "导入部门")],
                "verbose_name": "部门",
                "verbose_name_plural": "部门",
            },
        ),
        migrations.AlterModelOptions(
            name="servicewindow",
            options={
                "ordering": ["department__order", "pk"],
                "permissions": [("import_servicewindow", "导入窗口")],
                "verbose_name": "窗口",
                "verbose_name_plural": "窗口",
            },
        ),
        migrations.AlterModelOptions(
            name="leader",
            options={
                "ordering": ["department__order", "rank", "pk"],
                "permissions": [("import_leader", "导入领导")],
                "verbose_name": "领导",
                "verbose_name_plural": "领导",
            },
        ),
        migrations.AlterModelOptions(
            name="staff",
            options={
                "ordering": ["centre", "role", "user"],
                "permissions": [("import_staff", "导入岗位人员")],
                "verbose_name": "岗位人员",
                "verbose_name_plural": "岗位人员",
            },
        ),
        migrations.AlterModelOptions(
            name="workday",
            options={
                "ordering": ["date"],
                "permissions": [("import_workday", "导入工作日历")],
                "verbose_name": "工作日历",
                "verbose_name_plural": "工作日历",
            },
        ),
    ]
