"""Large files in the background: the row is the truth, a worker does what its stage says.

`waiting` is sent in the transaction that asks for work; `bulletin` makes a job of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from stats.figure_files import read_figures
from stats.figure_resources import FigureResource
from stats.models import FigureImport, MonthlyReport
from windows.importing import uploads
from windows.importing.guard import BULK_LIMITS
from windows.importing.log import log_written
from windows.importing.preview import LISTED, Preview, preview_of
from windows.importing.refusals import Refused
from windows.importing.signals import imported
from windows.models import Centre, User

LARGE: Final = 20_000  # rows; fewer are shown at once
Stage = FigureImport.Stage
waiting: Final = Signal()  # sender: FigureImport; run


def begin(
    centre: Centre, by: User, name: str, data: bytes, period: tuple[int, int]
) -> FigureImport:
    """Keep the file and have it read."""
    stored = default_storage.save(uploads.new_path(), ContentFile(data))
    with transaction.atomic():
        run = FigureImport.objects.create(
            centre=centre, by=by, stored=stored, name=name, year=period[0], month=period[1]
        )
        waiting.send(FigureImport, run=run)
    return run


def confirm(run: FigureImport) -> None:
    """Have what was shown written; pressed twice it is written once."""
    with transaction.atomic():
        row = FigureImport.objects.select_for_update().get(pk=run.pk)
        if row.stage == Stage.SHOWN and row.digest:
            _set(row, stage=Stage.WRITING, percent=0)
            waiting.send(FigureImport, run=row)


def work(run_id: int) -> None:
    """What the stage asks for; again after a worker died, with the same end."""
    run = FigureImport.objects.select_related("centre", "by").get(pk=run_id)
    if not run.is_working:
        return
    _tell(run, 5)
    try:
        with default_storage.open(run.stored) as file:
            sheet = read_figures(run.name, file.read(), run.centre, BULK_LIMITS)
    except (Refused, FileNotFoundError) as refusal:
        said = str(refusal) if isinstance(refusal, Refused) else _("文件已经不在。请重新上传。")
        _set(run, stage=Stage.REFUSED, message=said)
        return
    _tell(run, 25)
    dataset = sheet.dataset()
    if run.stage == Stage.READING:
        _resource, preview = _run(run, dataset, dry_run=True)
        _show(run, preview)
    else:
        _write(run, dataset)


def _run(run: FigureImport, dataset: Any, *, dry_run: bool) -> tuple[FigureResource, Preview]:
    def resource() -> FigureResource:
        return FigureResource(centre=run.centre, user=run.by, period=(run.year, run.month))

    one = resource()
    preview = one.bulk(dataset, dry_run=dry_run, tell=lambda percent: _tell(run, percent))
    if preview is None:  # something is to be told row by row
        one = resource()
        preview = preview_of(one.import_data(dataset, dry_run=dry_run), one)
    return one, preview


def _write(run: FigureImport, dataset: Any) -> None:
    """Just what was shown, all of it, or nothing and shown again."""
    try:
        with transaction.atomic():
            resource, preview = _run(run, dataset, dry_run=False)
            if not (preview.is_clean and preview.digest == run.digest):
                transaction.set_rollback(True)
                written = False
            else:
                message = _("由文件“%(name)s”导入。") % {"name": run.name}
                log_written(run.by.pk, resource.written(None), message)
                imported.send(
                    MonthlyReport, centre=run.centre, by=run.by, name=run.name, preview=preview
                )
                _set(run, stage=Stage.DONE, percent=100, message="")
                written = True
    except DatabaseError:
        said = _("写入时有人同时在改这些数据，什么也没有写入。请再导入一次。")
        _set(run, stage=Stage.REFUSED, message=said)
        return
    if written:
        default_storage.delete(run.stored)
    else:
        said = _("核对以后名录或数据有了变化，还没有写入。请再核对一次。")
        _show(run, preview, message=said)


def _show(run: FigureImport, preview: Preview, message: str = "") -> None:
    lines = {
        "problems": [
            [p.place, p.label, p.column, p.value, p.message] for p in _first(preview.problems)
        ],
        "differences": [
            [d.place, d.label, d.column, d.old, d.new, d.words, "".join(d.remarks)]
            for d in _first(preview.differences)
        ],
        "additions": [
            [a.place, a.label, a.text, "".join(a.remarks)] for a in _first(preview.additions)
        ],
        "counts": {
            "problems": len(preview.problems),
            "changed": preview.changed,
            "new": len(preview.additions),
            "unchanged": preview.unchanged,
            "remarked": preview.remarked,
            "writes": preview.writes,
        },
    }
    digest = preview.digest if preview.is_clean and preview.writes else ""
    _set(run, stage=Stage.SHOWN, percent=100, shown=lines, digest=digest, message=message)


def _first(lines: Sequence[Any]) -> Sequence[Any]:
    return lines[:LISTED]


def _set(run: FigureImport, **values: Any) -> None:
    FigureImport.objects.filter(pk=run.pk).update(**values)
    for name, value in values.items():
        setattr(run, name, value)


def _tell(run: FigureImport, percent: int) -> None:
    """Seen at once, also from within a transaction where the database has a second door."""
    if not connection.in_atomic_block:
        _set(run, percent=percent)
    elif connection.vendor == "postgresql":
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute(
                    "UPDATE stats_figureimport SET percent = %s WHERE id = %s", [percent, run.pk]
                )
        finally:
            other.close()
