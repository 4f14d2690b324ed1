"""Words are looked up under the number of their publication, and their names are counted at once.

Each character and pair of a paragraph is one number: the publication in the highest 22 bits,
then 21 for each character. What the other publications print costs a search nothing, and
numbers are compared in a third of the time that pairs of characters take, which is most of what
building the index costs. As in 0010, the function is written with pg_catalog alone and its cost
keeps the planner from computing pairs row by row.
"""

import json

from django.db import migrations, models

PAIRS = (
    "CREATE FUNCTION bulletin_grams(publication bigint, words text) RETURNS bigint[] LANGUAGE sql "
    "IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$ "
    "SELECT array_agg(one) || array_agg(one | ascii(next)) FILTER (WHERE next IS NOT NULL) "
    "FROM (SELECT string_to_array(words, NULL) AS chars OFFSET 0) AS cut, "
    "unnest(chars, chars[2:]) AS pairs (char, next), "
    "LATERAL (SELECT (publication << 42) | (ascii(char)::bigint << 21) AS one) AS coded $$"
)
OLD_PAIRS = (
    "CREATE FUNCTION bulletin_grams(words text) RETURNS text[] LANGUAGE sql "
    "IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$ "
    "SELECT chars || ARRAY(SELECT one || next FROM unnest(chars, chars[2:]) AS pairs (one, next) "
    "WHERE next IS NOT NULL) FROM (SELECT string_to_array(words, NULL) AS chars) AS cut $$"
)
INDEX = "CREATE INDEX passages_by_pairs ON bulletin_passage USING gin (%s) WITH (fastupdate = off)"
DROP = ["DROP INDEX passages_by_pairs", "DROP FUNCTION bulletin_grams(text)"]
BUILD = [PAIRS, INDEX % "bulletin_grams(publication_id, folded)"]
DROP_AGAIN = ["DROP INDEX passages_by_pairs", "DROP FUNCTION bulletin_grams(bigint, text)"]
BUILD_OLD = [
    OLD_PAIRS,
    INDEX % "bulletin_grams(folded)",
    "ALTER INDEX passages_by_pairs ALTER COLUMN 1 SET STATISTICS 1000",
]


def _run(statements):
    def moves(apps, schema_editor):
        for statement in statements if schema_editor.connection.vendor == "postgresql" else ():
            schema_editor.execute(statement, params=None)

    return moves


def fill(apps, schema_editor):
    """As `finding.keeping` writes them, edition by edition."""
    using = schema_editor.connection.alias
    editions = apps.get_model("bulletin", "Edition").objects.using(using)
    passages = apps.get_model("bulletin", "Passage").objects.using(using)
    held = editions.filter(pk__in=passages.values("edition"))
    for pk, content in held.values_list("pk", "content").iterator():
        mine = passages.filter(edition=pk)
        mine.update(number_to=json.loads(content).get("number_to"))
        named = list(mine.exclude(names=None).prefetch_related("names"))
        for row in named:
            pairs = sorted((name.kind, name.name) for name in row.names.all())
            row.about = json.dumps(pairs, ensure_ascii=False)
        passages.bulk_update(named, ["about"])


class Migration(migrations.Migration):
    dependencies = [("bulletin", "0021_printed_sources")]

    operations = [
        migrations.RunPython(_run(DROP), _run(BUILD_OLD)),
        migrations.AddField("passage", "about", models.TextField(blank=True, db_default="")),
        migrations.AddField("passage", "number_to", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(_run(BUILD), _run(DROP_AGAIN)),
        migrations.AddIndex(
            "passage", models.Index(fields=["publication", "year"], name="passages_of_a_year")
        ),
    ]
