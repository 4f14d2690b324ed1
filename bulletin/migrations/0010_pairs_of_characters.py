"""The index that PostgreSQL searches: every character and every pair of neighbours.

Written with pg_catalog functions alone: a restored dump builds it with an empty search path.
The cost keeps the planner from computing pairs row by row where it can use the index.
"""

from django.db import migrations

FORWARDS = [
    "CREATE FUNCTION bulletin_grams(words text) RETURNS text[] LANGUAGE sql "
    "IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$ "
    "SELECT chars || ARRAY(SELECT one || next FROM unnest(chars, chars[2:]) AS pairs (one, next) "
    "WHERE next IS NOT NULL) FROM (SELECT string_to_array(words, NULL) AS chars) AS cut $$",
    "CREATE INDEX passages_by_pairs ON bulletin_passage USING gin (bulletin_grams(folded)) "
    "WITH (fastupdate = off)",
    # A pair that stands everywhere is in every row: statistics of 100 values hide the rare ones.
    "ALTER INDEX passages_by_pairs ALTER COLUMN 1 SET STATISTICS 1000",
]
BACKWARDS = ["DROP INDEX passages_by_pairs", "DROP FUNCTION bulletin_grams(text)"]


def _run(statements):
    def moves(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)

    return moves


class Migration(migrations.Migration):
    dependencies = [("bulletin", "0009_what_readers_find")]

    operations = [migrations.RunPython(_run(FORWARDS), _run(BACKWARDS))]
