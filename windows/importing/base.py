"""The resource every directory and the figures share, on top of django-import-export.

One file belongs to one centre. Rows are found by the columns named in `key` among the
rows of that centre, read at once; a row that would change nothing is left alone; all
errors of a row are told together, each with its column.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource
from import_export.results import Error, Result, RowResult

from windows.access import Actor
from windows.importing.escaping import tidy, unescape
from windows.importing.sheets import Place
from windows.importing.widgets import Column, cell_text
from windows.models import Centre

logger = logging.getLogger(__name__)

Values = dict[str, Any]
"""Heading → cleaned value."""


class Line(RowResult):  # type: ignore[misc] # import-export has no types
    """One row's result: where it stood, what it is about, what changes."""

    place: Place = Place(0, {})
    where: str = ""
    label: str = ""
    changes: Sequence[tuple[str, Any, Any]] = ()  # heading, old, new
    remarks: Sequence[str] = ()  # what to look at once more before it is written
    objections: Sequence[str] = ()  # why it must not be written


class CentreResource(Resource):  # type: ignore[misc] # import-export has no types
    """Subclasses name their columns and `key`; `needed` are the headings a file must have."""

    key: ClassVar[tuple[str, ...]] = ()
    needed: ClassVar[tuple[str, ...]] = ()
    anchor: ClassVar[str] = ""  # the column where a new row is said to stand; "" for the row

    class Meta:
        model: type[Model]
        name = ""  # as shown in lists of resources
        clean_model_instances = True
        instance_loader_class = BaseInstanceLoader  # never asked: `known` holds every row
        skip_diff = True  # import-export copies every row for it; `shown` is enough
        report_skipped = False
        import_id_fields: Sequence[str] = ()

    def __init__(self, *, centre: Centre | None = None, user: Actor | None = None) -> None:
        """Without a centre only for export, whose rows are given."""
        super().__init__()
        self.centre, self.user = centre, user
        self.columns: dict[str, Column] = {
            field.column_name: field for field in self.get_import_fields()
        }
        self.places: Sequence[Place] = ()

    # What a subclass may say -------------------------------------------------

    def rows(self) -> QuerySet[Any]:
        """The centre's rows, with what `shown` reads."""
        return self._meta.model._default_manager.filter(centre=self.centre)

    def prepare(self, dataset: Any) -> None:
        """Before the first row: directories for the columns that name other rows."""

    def key_of(self, instance: Any) -> Hashable:
        """What `key` columns would hold for a stored row."""
        return tuple(self.columns[heading].get_value(instance) for heading in self.key)

    def check_row(self, values: Values, errors: dict[str, str], row: Mapping[str, Any]) -> None:
        """Rules over several cells of one row; adds to `errors` by heading."""

    def label_of(self, instance: Any) -> str:
        return str(instance)

    def label_of_cells(self, cells: Mapping[str, str]) -> str:
        """The same for a row that could not be read: its key as the file has it."""
        return " ".join(cells[heading] for heading in self.key if cells.get(heading))

    def shown(self, instance: Any) -> Values:
        """What a stored row holds, by heading, as the file would have it."""
        return {
            heading: _plain(column.shown(instance))
            for heading, column in self.columns.items()
            if heading in self.given
        }

    # The file's columns ------------------------------------------------------

    @classmethod
    def headings(cls) -> list[str]:
        return [field.column_name for field in cls().get_import_fields()]

    def column_problems(self, given: Sequence[str]) -> list[str]:
        """What is wrong with the headings, in sentences; empty when they can be read."""
        known = list(self.columns)
        problems = [
            f"表头里“{heading}”出现了{given.count(heading)}次，请只留一列。"
            for heading in dict.fromkeys(given)
            if given.count(heading) > 1
        ]
        missing = [heading for heading in self.needed or self.key if heading not in given]
        unknown = [heading for heading in given if heading not in known]
        if missing:
            problems.append(f"缺少的列：{'、'.join(missing)}。请在表头补上。")
        if unknown:
            problems.append(f"不认识的列：{'、'.join(unknown)}。请改正表头或删去这些列。")
        if missing or unknown:
            problems.append(f"可以有的列：{'、'.join(known)}。")
        return problems

    # import-export's hooks ---------------------------------------------------

    def handle_import_error(self, result: Result, error: Any, raise_errors: bool = False) -> None:
        """What a person can put right is told; a fault of the program is not hidden."""
        if not isinstance(error, ValidationError):
            raise error
        super().handle_import_error(result, error, raise_errors)

    @classmethod
    def get_display_name(cls) -> str:
        return str(cls._meta.name)

    @classmethod
    def get_row_result_class(cls) -> type[Line]:
        return Line

    def import_data(self, dataset: Any, *args: Any, **kwargs: Any) -> Result:
        """All or nothing: one error, and nothing is written."""
        problems = self.column_problems(dataset.headers)
        if problems:
            return self.refused(problems)
        kwargs["rollback_on_validation_errors"] = True
        return super().import_data(dataset, *args, **kwargs)

    def refused(self, problems: Sequence[str]) -> Result:
        """The result of a file that is not read any further."""
        result = Result()
        for problem in problems:
            result.append_base_error(Error(ValidationError(problem)))
        return result

    def before_import(self, dataset: Any, **_kwargs: Any) -> None:
        self.places = dataset.places
        self.troubles = dataset.troubles or [{}] * len(dataset)
        self.given = frozenset(dataset.headers)
        self.first_places: dict[Hashable, Place] = {}
        self.prepare(dataset)
        self.known: dict[Hashable, Model] = {self.key_of(row): row for row in self.rows()}

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        self.place = self.places[kwargs["row_number"] - 1]
        values, errors = self._clean(row, self.troubles[kwargs["row_number"] - 1])
        self.check_row(values, errors, row)
        key = tuple(values.get(heading) for heading in self.key)
        if not errors.keys() & set(self.key):
            self._refuse_repeated(key, errors)
        if errors:
            raise ValidationError({heading: text for heading, text in errors.items()})
        self.values, self.found = values, self.find(key)

    def _clean(
        self, row: dict[str, Any], troubles: Mapping[str, str]
    ) -> tuple[Values, dict[str, str]]:
        values: Values = {}
        errors: dict[str, str] = dict(troubles)
        for heading, column in self.columns.items():
            if heading not in row or heading in troubles:
                continue
            row[heading] = incoming(row[heading])
            try:
                values[heading] = column.widget.clean(row[heading], row)
            except ValueError as error:
                errors[heading] = str(error)
        return values, errors

    def _refuse_repeated(self, key: Hashable, errors: dict[str, str]) -> None:
        first = self.first_places.setdefault(key, self.place)
        if first is not self.place:
            errors[self.key[-1]] = f"与第{first.row}行重复，请删去其中一行。"

    def find(self, key: Hashable) -> Model | None:
        return self.known.get(key)

    def get_or_init_instance(self, _loader: Any, _row: Any) -> tuple[Any, bool]:
        if self.found is not None:
            return self.found, False
        return self._meta.model(centre=self.centre), True

    def after_init_instance(self, instance: Any, new: bool, _row: Any, **_kwargs: Any) -> None:
        self.before: Values | None = None if new else self.shown(instance)

    def import_instance(self, instance: Any, _row: Any, **_kwargs: Any) -> None:
        for heading, value in self.values.items():
            self.columns[heading].assign(instance, value)

    def skip_row(self, instance: Any, _original: Any, _row: Any, errors: Any = None) -> bool:
        self.after = self.shown(instance)
        return not errors and self.after == self.before

    def after_import_row(self, _row: Any, line: Line, **_kwargs: Any) -> None:
        if line.is_skip():
            return
        line.place = self.place
        line.where = self.place.of(self.anchor)
        line.label = self.label_of(line.instance)
        before = self.before or {}
        line.changes = [
            (heading, before.get(heading, ""), new)
            for heading, new in self.after.items()
            if before.get(heading, "") != new
        ]

    def import_row(self, row: Any, loader: Any, **kwargs: Any) -> RowResult:
        self._meta.store_instance = True
        line = super().import_row(row, loader, **kwargs)
        for error in line.errors:
            logger.error("import of %s failed", self._meta.model, exc_info=error.error)
        return line

    def written(self, result: Result) -> list[tuple[bool, Any]]:
        """(whether it is new, row) for the log."""
        return [(line.is_new(), line.instance) for line in result.rows]

    def export_field(self, field: Column, instance: Any, **_kwargs: Any) -> Any:
        return field.shown(instance)


def incoming(value: Any) -> Any:
    return unescape(tidy(value)) if isinstance(value, str) else value


def _plain(value: Any) -> str:
    """As compared and shown: what a spreadsheet cannot hold makes no difference."""
    return tidy(cell_text(value))
