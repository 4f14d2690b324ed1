"""What correcting, withdrawing and a second look at a sign-off leave on an edition, written
once: on PostgreSQL the trigger is put up anew with those columns, on SQLite by bulletin/frozen.py."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FROZEN = ("issue_id", "proof_no", "content", "digest", "year", "number", "sent_by_id", "sent_at")
ONCE = ("voided_at", "signed_by_id", "signed_at", "published_at", "supersedes_id")
NEW_ONCE = ("confirmed_by_id", "confirmed_at", "trail_count", "withdrawn_at", "withdrawn_by_id")
ONCE_TEXT = ("void_reason", "sign_note", "trail_digest", "withdraw_reason")


def _trigger(frozen, once, texts, more=()):
    differs = "IS DISTINCT FROM"
    conditions = [f"NEW.{c} {differs} OLD.{c}" for c in frozen]
    conditions += [f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in once]
    conditions += [f"(OLD.{c} <> '' AND NEW.{c} {differs} OLD.{c})" for c in texts]
    return (
        "CREATE TRIGGER edition_frozen BEFORE UPDATE ON bulletin_edition FOR EACH ROW WHEN ("
        + " OR ".join([*conditions, *more])
        + ") EXECUTE FUNCTION bulletin_refuse()"
    )


SIGNED = "(OLD.signed_at IS NOT NULL AND NEW.is_exception IS DISTINCT FROM OLD.is_exception)"
DROP = "DROP TRIGGER edition_frozen ON bulletin_edition"
FORWARDS = [DROP, _trigger((*FROZEN, "notice"), (*ONCE, *NEW_ONCE), ONCE_TEXT, [SIGNED])]
BACKWARDS = [DROP, _trigger(FROZEN, ONCE, ())]


def _run(statements):
    def forwards(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)

    return forwards


class Migration(migrations.Migration):

    dependencies = [
        ('bulletin', '0007_reserved_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='issue',
            options={'ordering': ['-year', '-number'], 'permissions': [('send_proof_issue', '送签（issue）'), ('void_proof_issue', '校样作废（issue）'), ('return_proof_issue', '退回编辑（issue）'), ('sign_issue', '签发（issue）'), ('revoke_issue', '撤销签发（issue）'), ('schedule_issue', '定时发布（issue）'), ('unschedule_issue', '取消定时（issue）'), ('publish_issue', '发布（issue）'), ('correct_issue', '更正（issue）'), ('abandon_correction_issue', '放弃更正（issue）'), ('withdraw_issue', '撤下（issue）')], 'verbose_name': '期', 'verbose_name_plural': '本期编排'},
        ),
        migrations.AddField(
            model_name='edition',
            name='confirmed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='复核时间'),
        ),
        migrations.AddField(
            model_name='edition',
            name='confirmed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人'),
        ),
        migrations.AddField(
            model_name='edition',
            name='is_exception',
            field=models.BooleanField(default=False, editable=False, verbose_name='编辑者自己签发'),
        ),
        migrations.AddField(
            model_name='edition',
            name='notice',
            field=models.TextField(blank=True, editable=False, verbose_name='更正说明'),
        ),
        migrations.AddField(
            model_name='edition',
            name='trail_count',
            field=models.PositiveBigIntegerField(editable=False, null=True, verbose_name='流转记录条数'),
        ),
        migrations.AddField(
            model_name='edition',
            name='trail_digest',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='流转记录指纹'),
        ),
        migrations.AddField(
            model_name='edition',
            name='withdraw_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='撤下理由'),
        ),
        migrations.AddField(
            model_name='edition',
            name='withdrawn_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='撤下时间'),
        ),
        migrations.AddField(
            model_name='edition',
            name='withdrawn_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤下人'),
        ),
        migrations.AddField(
            model_name='issue',
            name='correction_notice',
            field=models.TextField(blank=True, editable=False, verbose_name='更正说明'),
        ),
        migrations.AlterField(
            model_name='issue',
            name='state',
            field=models.CharField(choices=[('open', '编辑中'), ('proof', '待签发'), ('signed', '已签发'), ('scheduled', '定时发布'), ('published', '已发布'), ('withdrawn', '已撤下')], default='open', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('published_at__isnull', False), _connector='OR'), name='only_the_published_is_withdrawn'),
        ),
        migrations.RunPython(_run(FORWARDS), _run(BACKWARDS)),
    ]
