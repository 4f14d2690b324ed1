"""Triggers: a figure of a locked month changes with its restatement alone.

Each statement is looked at once, through its transition tables: an import of ten years costs
one join more. On SQLite they are put up after every migrate (stats/locked.py).
"""

from django.db import migrations

REFUSE = "RAISE EXCEPTION 'a locked month is only restated'"


def _function(name, refused):
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({refused}) THEN {REFUSE}; END IF; RETURN NULL; END $$"
    )


def _told(old, old_denominator):
    return (
        "EXISTS (SELECT 1 FROM stats_restatement r WHERE r.figure_id = now.id"
        " AND NOT EXISTS (SELECT 1 FROM stats_restatement l WHERE l.figure_id = now.id AND l.id > r.id)"
        ' AND r."new" = now.value AND r.new_denominator IS NOT DISTINCT FROM now.denominator'
        f' AND r."old" IS NOT DISTINCT FROM {old}'
        f" AND r.old_denominator IS NOT DISTINCT FROM {old_denominator})"
    )


def _differs(columns, before, after):
    return "(" + " OR ".join(
        f'{after}."{name}" IS DISTINCT FROM {before}."{name}"' for name in columns
    ) + ")"


NUMBERS = ("value", "denominator", "precision", "indicator_id", "report_id")
LOCKED = "m.state = 'locked'"
INSERTED = (
    f"SELECT 1 FROM added now JOIN stats_monthlyreport m ON m.id = now.report_id AND {LOCKED}"
    f" WHERE NOT {_told('NULL::bigint', 'NULL::bigint')}"
)
UPDATED = (
    f"SELECT 1 FROM removed was JOIN stats_monthlyreport m ON m.id = was.report_id AND {LOCKED}"
    f" JOIN added now ON now.id = was.id WHERE {_differs(NUMBERS, 'was', 'now')}"
    f" AND ({_differs(('indicator_id', 'report_id'), 'was', 'now')}"
    f" OR NOT {_told('was.value', 'was.denominator')})"
    " UNION ALL "
    f"SELECT 1 FROM added now JOIN stats_monthlyreport m ON m.id = now.report_id AND {LOCKED}"
    " JOIN removed was ON was.id = now.id WHERE was.report_id <> now.report_id"
)
DELETED = (
    f"SELECT 1 FROM removed was JOIN stats_monthlyreport m ON m.id = was.report_id AND {LOCKED}"
)
REPORT = ("state", "nil", "year", "month", "window_id", "centre_id")
RESTATEMENT = (
    "figure_id", "old", "old_denominator", "new", "new_denominator", "reason", "at", "centre_id",
)
AFTER = "FOR EACH STATEMENT EXECUTE FUNCTION"
BEFORE = "EXECUTE FUNCTION stats_refuse_locked()"

POSTGRES = [
    _function("stats_figure_inserted", INSERTED),
    _function("stats_figure_updated", UPDATED),
    _function("stats_figure_deleted", DELETED),
    "CREATE FUNCTION stats_refuse_locked() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN {REFUSE}; END $$",
    "CREATE TRIGGER figure_locked_insert AFTER INSERT ON stats_figure"
    f" REFERENCING NEW TABLE AS added {AFTER} stats_figure_inserted()",
    "CREATE TRIGGER figure_locked_update AFTER UPDATE ON stats_figure"
    f" REFERENCING OLD TABLE AS removed NEW TABLE AS added {AFTER} stats_figure_updated()",
    "CREATE TRIGGER figure_locked_delete AFTER DELETE ON stats_figure"
    f" REFERENCING OLD TABLE AS removed {AFTER} stats_figure_deleted()",
    "CREATE TRIGGER report_locked_update BEFORE UPDATE ON stats_monthlyreport FOR EACH ROW"
    f" WHEN (OLD.state = 'locked' AND {_differs(REPORT, 'OLD', 'NEW')}) {BEFORE}",
    "CREATE TRIGGER report_locked_delete BEFORE DELETE ON stats_monthlyreport FOR EACH ROW"
    f" WHEN (OLD.state = 'locked') {BEFORE}",
    "CREATE TRIGGER restatement_no_update BEFORE UPDATE ON stats_restatement FOR EACH ROW"
    f" WHEN ({_differs(RESTATEMENT, 'OLD', 'NEW')}) {BEFORE}",
    f"CREATE TRIGGER restatement_no_delete BEFORE DELETE ON stats_restatement FOR EACH ROW {BEFORE}",
]

UNDO_POSTGRES = [
    f"DROP FUNCTION {name}() CASCADE"
    for name in (
        "stats_figure_inserted",
        "stats_figure_updated",
        "stats_figure_deleted",
        "stats_refuse_locked",
    )
]


def _run(statements):
    def forwards(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)

    return forwards


class Migration(migrations.Migration):

    dependencies = [("stats", "0006_windows_without_business")]

    operations = [migrations.RunPython(_run(POSTGRES), _run(UNDO_POSTGRES))]
