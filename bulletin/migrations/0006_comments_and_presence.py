import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bulletin', '0005_scratches'),
        ('windows', '0006_mail_for_tasks_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptFilter',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='kept_filter', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('query', models.CharField(blank=True, max_length=200, verbose_name='筛选')),
            ],
            options={
                'verbose_name': '上次的筛选',
                'verbose_name_plural': '上次的筛选',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='内容')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='何时')),
                ('pinned', models.BooleanField(default=False, verbose_name='置顶')),
                ('resolved_at', models.DateTimeField(null=True, verbose_name='办结时间')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁写的')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='windows.centre', verbose_name='中心')),
                ('issue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='bulletin.issue', verbose_name='期')),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁办结的')),
                ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='bulletin.submission', verbose_name='报送')),
            ],
            options={
                'verbose_name': '批注',
                'verbose_name_plural': '批注',
                'ordering': ['made_at', 'pk'],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('issue__isnull', False), ('submission', None)), models.Q(('issue', None), ('submission__isnull', False)), _connector='OR'), name='comment_about_exactly_one'), models.UniqueConstraint(condition=models.Q(('pinned', True)), fields=('submission',), name='one_note_a_submission'), models.UniqueConstraint(condition=models.Q(('pinned', True)), fields=('issue',), name='one_note_an_issue')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=30, verbose_name='对象')),
                ('subject_id', models.BigIntegerField()),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '正在编辑',
                'verbose_name_plural': '正在编辑',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('subject', 'subject_id', 'user'), name='once_a_person_and_object')],
            },
        ),
    ]
