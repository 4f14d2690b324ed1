"""What a page of the archive reads is found by index, however much the archive holds.

An edition keeps whose it is, like its year and number, and the trigger of 0008 keeps it so; a
name keeps where it was printed; the years whose figures an edition put right are rows.
"""

import json

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

FROZEN = ("issue_id", "proof_no", "content", "digest", "year", "number", "sent_by_id", "sent_at", "notice")
ONCE = (
    "voided_at", "signed_by_id", "signed_at", "published_at", "supersedes_id",
    "confirmed_by_id", "confirmed_at", "trail_count", "withdrawn_at", "withdrawn_by_id",
)  # fmt: skip
ONCE_TEXT = ("void_reason", "sign_note", "trail_digest", "withdraw_reason")


def _trigger(frozen):
    differs = "IS DISTINCT FROM"
    conditions = [f"NEW.{c} {differs} OLD.{c}" for c in frozen]
    conditions += [f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in ONCE]
    conditions += [f"(OLD.{c} <> '' AND NEW.{c} {differs} OLD.{c})" for c in ONCE_TEXT]
    signed = f"(OLD.signed_at IS NOT NULL AND NEW.is_exception {differs} OLD.is_exception)"
    return (
        "CREATE TRIGGER edition_frozen BEFORE UPDATE ON bulletin_edition FOR EACH ROW WHEN ("
        + " OR ".join([*conditions, signed])
        + ") EXECUTE FUNCTION bulletin_refuse()"
    )


def _triggers(frozen):
    def put_up(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("DROP TRIGGER edition_frozen ON bulletin_edition", params=None)
            schema_editor.execute(_trigger(frozen), params=None)

    return put_up


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    rows = {
        name: apps.get_model("bulletin", name).objects.using(using)
        for name in ("Edition", "Issue", "Passage", "PassageName", "RestatedYear")
    }
    owner = rows["Issue"].filter(pk=OuterRef("issue")).values("publication")[:1]
    rows["Edition"].update(publication=Subquery(owner))
    printed = rows["Passage"].filter(pk=OuterRef("passage"))
    where = ("publication", "year", "number", "place")
    rows["PassageName"].update(**{name: Subquery(printed.values(name)[:1]) for name in where})
    standing = rows["Edition"].filter(published_at__isnull=False, withdrawn_at=None, superseded_by=None)
    restating = standing.filter(content__contains='"restatements":')
    for pk, publication, content in restating.values_list("pk", "publication", "content").iterator():
        years = {told["period"]["year"] for told in json.loads(content)["restatements"]}
        rows["RestatedYear"].bulk_create(
            apps.get_model("bulletin", "RestatedYear")(
                edition_id=pk, publication_id=publication, year=year
            )
            for year in sorted(years)
        )


class Migration(migrations.Migration):
    dependencies = [("bulletin", "0023_corrected_passages")]

    operations = [
        migrations.AddField(
            "edition",
            "publication",
            models.ForeignKey(
                null=True,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="bulletin.publication",
                verbose_name="刊物",
            ),
        ),
        migrations.AddField(
            "passagename",
            "publication",
            models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="bulletin.publication",
            ),
        ),
        migrations.AddField("passagename", "year", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("passagename", "number", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("passagename", "place", models.PositiveIntegerField(default=0)),
        migrations.CreateModel(
            "RestatedYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restated_years",
                        to="bulletin.edition",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="bulletin.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "刊出的订正",
                "verbose_name_plural": "刊出的订正",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["publication", "year"], name="restatements_of_a_year")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "edition",
            "publication",
            models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="bulletin.publication",
                verbose_name="刊物",
            ),
        ),
        migrations.AlterField(
            "passagename",
            "publication",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="bulletin.publication",
            ),
        ),
        migrations.AlterField("passagename", "year", models.PositiveSmallIntegerField()),
        migrations.AlterField("passagename", "number", models.PositiveSmallIntegerField()),
        migrations.AlterField("passagename", "place", models.PositiveIntegerField()),
        migrations.RemoveIndex("edition", "latest_published"),
        migrations.AddIndex(
            "edition",
            models.Index(fields=["publication", "year", "number"], name="editions_of_a_year"),
        ),
        migrations.AddIndex(
            "edition",
            models.Index(fields=["publication", "-published_at"], name="latest_published"),
        ),
        migrations.AddIndex(
            "edition",
            models.Index(
                fields=["publication", "year", "number"],
                condition=Q(withdrawn_at__isnull=False),
                name="withdrawn_of_a_year",
            ),
        ),
        migrations.AddIndex(
            "passagename",
            models.Index(
                fields=["publication", "kind", "name", "-year", "-number", "place"],
                name="newest_of_a_name",
            ),
        ),
        migrations.RemoveIndex("passagename", "passages_of_a_name"),
        migrations.RunPython(_triggers((*FROZEN, "publication_id")), _triggers(FROZEN)),
    ]
