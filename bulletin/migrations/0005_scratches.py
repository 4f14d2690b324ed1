import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bulletin', '0004_attachments'),
        ('windows', '0005_separation_of_duties'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='saved_at',
            field=models.DateTimeField(auto_now=True, verbose_name='保存时间'),
        ),
        migrations.CreateModel(
            name='Scratch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年')),
                ('month', models.PositiveSmallIntegerField(verbose_name='月')),
                ('kind', models.CharField(choices=[('news', '资讯'), ('visit', '领导到访'), ('report', '月度数据')], max_length=10, verbose_name='类别')),
                ('fields', models.JSONField(default=dict, verbose_name='填了什么')),
                ('saved_at', models.DateTimeField(auto_now=True, verbose_name='保存时间')),
                ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='scratches', to='bulletin.submission', verbose_name='报送')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('window', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='windows.servicewindow', verbose_name='窗口')),
            ],
            options={
                'verbose_name': '没写完的',
                'verbose_name_plural': '没写完的',
                'constraints': [models.UniqueConstraint(condition=models.Q(('submission', None)), fields=('user', 'window', 'year', 'month', 'kind'), name='one_scratch_a_new_form'), models.UniqueConstraint(condition=models.Q(('submission__isnull', False)), fields=('user', 'submission'), name='one_scratch_a_submission')],
            },
        ),
    ]
