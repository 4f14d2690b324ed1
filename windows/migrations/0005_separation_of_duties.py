"""三员分立: nobody is two of system (superuser), administrator and auditor at one time.

SQLite makes a table anew for most changes and loses its triggers: there they are put up
after every migrate (windows/separation.py).
"""

from django.db import migrations

_SEPARATED = "('administrator', 'auditor')"
_OVERLAP = (
    "COALESCE(other.valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31') "
    "AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(other.valid_to, '9999-12-31')"
)
_OTHER = (
    "SELECT 1 FROM windows_staff other WHERE other.user_id = NEW.user_id "
    f"AND other.role IN {_SEPARATED} AND other.role <> NEW.role AND other.id <> NEW.id AND {_OVERLAP}"
)
_SYSTEM = "SELECT 1 FROM windows_user u WHERE u.id = NEW.user_id AND u.is_superuser"
_HOLDER = f"SELECT 1 FROM windows_staff s WHERE s.user_id = NEW.id AND s.role IN {_SEPARATED}"

_RAISE = "RAISE EXCEPTION 'separation of duties' USING ERRCODE = 'check_violation';"
POSTGRES = [
    # The user's row is locked first: of two grants at once, the second sees the first.
    "CREATE FUNCTION windows_staff_separated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "PERFORM 1 FROM windows_user WHERE id = NEW.user_id FOR UPDATE; "
    f"IF EXISTS ({_OTHER}) "
    f"OR EXISTS ({_SYSTEM}) THEN {_RAISE} END IF; RETURN NEW; END $$",
    "CREATE TRIGGER staff_separated BEFORE INSERT OR UPDATE ON windows_staff FOR EACH ROW "
    f"WHEN (NEW.role IN {_SEPARATED}) EXECUTE FUNCTION windows_staff_separated()",
    "CREATE FUNCTION windows_user_separated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF EXISTS ({_HOLDER}) THEN {_RAISE} END IF; RETURN NEW; END $$",
    "CREATE TRIGGER user_separated BEFORE UPDATE ON windows_user FOR EACH ROW "
    "WHEN (NEW.is_superuser AND NOT OLD.is_superuser) EXECUTE FUNCTION windows_user_separated()",
]

UNDO_POSTGRES = [
    "DROP FUNCTION windows_staff_separated() CASCADE",
    "DROP FUNCTION windows_user_separated() CASCADE",
]


def _run(statements):
    def forwards(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)

    return forwards


class Migration(migrations.Migration):
    dependencies = [("windows", "0004_account_safety")]

    operations = [
        migrations.RunPython(
            _run(POSTGRES),
            _run(UNDO_POSTGRES),
        ),
    ]
