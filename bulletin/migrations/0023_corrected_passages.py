from django.db import migrations, models

from bulletin.changes import touched
from bulletin.document import loads


def mark_corrected(apps, schema_editor):
    """What corrections before this migration altered, as `bulletin.finding.keeping` marks it."""
    rows = {name: apps.get_model("bulletin", name).objects for name in ("Edition", "Passage", "PrintedVisit")}
    standing = rows["Edition"].filter(published_at__isnull=False, withdrawn_at=None, superseded_by=None)
    for edition in standing.exclude(supersedes=None).iterator():
        chain = rows["Edition"].filter(issue=edition.issue_id, published_at__isnull=False).order_by("proof_no")
        papers = [(one.proof_no, loads(one.content)) for one in chain]
        for place, by in touched([paper for _number, paper in papers]).items():
            found = rows["Passage"].filter(edition=edition, place=place)
            found.update(corrected=papers[by.edition][0])
        for place, visit in enumerate(papers[-1][1].visits):
            lacking = [at for at, (_number, paper) in enumerate(papers) if visit not in paper.visits]
            if lacking:
                found = rows["PrintedVisit"].filter(edition=edition, place=place)
                found.update(corrected=papers[lacking[-1] + 1][0])


class Migration(migrations.Migration):

    dependencies = [
        ('bulletin', '0022_words_by_publication'),
    ]

    operations = [
        migrations.AddField(
            model_name='passage',
            name='corrected',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='printedvisit',
            name='corrected',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.RunPython(mark_corrected, migrations.RunPython.noop),
    ]
