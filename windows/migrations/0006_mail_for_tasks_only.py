from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('windows', '0005_separation_of_duties'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='only_tasks_by_mail',
            field=models.BooleanField(default=False, help_text='退回、催报、待签这些照发；只是告知的不发。', verbose_name='只收要我办的邮件'),
        ),
    ]
