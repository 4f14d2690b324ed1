"""三员分立: nobody is two of system (superuser), administrator and auditor at one time."""

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

SQLITE = [
    *(
        f"CREATE TRIGGER staff_separated_{when.lower()} BEFORE {when} ON windows_staff "
        f"WHEN NEW.role IN {_SEPARATED} AND (EXISTS ({_other}) OR EXISTS ({_SYSTEM})) "
        "BEGIN SELECT RAISE(ABORT, 'separation of duties'); END"
        # the number of a row to be inserted is not known before it is
        for when, _other in (("INSERT", _OTHER.replace("AND other.id <> NEW.id ", "")), ("UPDATE", _OTHER))
    ),
    f"CREATE TRIGGER user_separated BEFORE UPDATE ON windows_user "
    f"WHEN NEW.is_superuser AND NOT OLD.is_superuser AND EXISTS ({_HOLDER}) "
    "BEGIN SELECT RAISE(ABORT, 'separation of duties'); END",
]

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

UNDO_SQLITE = [
    "DROP TRIGGER staff_separated_insert",
    "DROP TRIGGER staff_separated_update",
    "DROP TRIGGER user_separated",
]
UNDO_POSTGRES = [
    "DROP FUNCTION windows_staff_separated() CASCADE",
    "DROP FUNCTION windows_user_separated() CASCADE",
]


def _run(statements):
    def forwards(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return forwards


class Migration(migrations.Migration):
    dependencies = [("windows", "0004_account_safety")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": SQLITE, "postgresql": POSTGRES}),
            _run({"sqlite": UNDO_SQLITE, "postgresql": UNDO_POSTGRES}),
        ),
    ]
