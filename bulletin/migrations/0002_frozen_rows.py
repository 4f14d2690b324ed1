"""Triggers: trail rows are never changed or deleted, edition content never altered (law 4).

On SQLite they are put up after every migrate (bulletin/frozen.py).
"""

from django.db import migrations

FROZEN_COLUMNS = ("issue_id", "proof_no", "content", "digest", "year", "number", "sent_by_id", "sent_at")
# Written once: empty until set, never set again.
ONCE_COLUMNS = ("voided_at", "signed_by_id", "signed_at", "published_at", "supersedes_id")


def _changed(operator):
    frozen = [f"NEW.{c} {operator} OLD.{c}" for c in FROZEN_COLUMNS]
    once = [f"(OLD.{c} IS NOT NULL AND NEW.{c} {operator} OLD.{c})" for c in ONCE_COLUMNS]
    return " OR ".join(frozen + once)


POSTGRES = [
    "CREATE FUNCTION bulletin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION '% rows are frozen', TG_TABLE_NAME; END $$",
    "CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON bulletin_trail "
    "FOR EACH ROW EXECUTE FUNCTION bulletin_refuse()",
    "CREATE TRIGGER edition_no_delete BEFORE DELETE ON bulletin_edition "
    "FOR EACH ROW EXECUTE FUNCTION bulletin_refuse()",
    "CREATE TRIGGER edition_frozen BEFORE UPDATE ON bulletin_edition FOR EACH ROW WHEN ("
    + _changed("IS DISTINCT FROM")
    + ") EXECUTE FUNCTION bulletin_refuse()",
]

UNDO_POSTGRES = ["DROP FUNCTION bulletin_refuse() CASCADE"]


def _run(statements):
    def forwards(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            # Statements hold no parameters: sent as they are.
            schema_editor.execute(statement, params=None)

    return forwards


class Migration(migrations.Migration):
    dependencies = [("bulletin", "0001_editorial")]

    operations = [migrations.RunPython(_run(POSTGRES), _run(UNDO_POSTGRES))]
