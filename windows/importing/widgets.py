"""Cells to values and back: each `clean` raises ValueError with a sentence that says what to do."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Model
from import_export.fields import Field
from import_export.widgets import Widget

_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YES: Final = frozenset({"是", "对", "√", "1", "TRUE", "Y"})
_NO: Final = frozenset({"否", "不", "×", "0", "FALSE", "N"})


def cell_text(value: Any) -> str:
    """A cell as it reads: spreadsheets give whole numbers as floats, dates as dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return format(value, ".0f")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


class _Cell(Widget):  # type: ignore[misc] # import-export has no types
    def __init__(self, *, required: bool = False) -> None:
        super().__init__(coerce_to_string=False)
        self.required = required

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Any:
        if cell_text(value) == "":
            if self.required:
                raise ValueError("这一格不能空着，请填写。")
            return self.empty()
        return self.read(value)

    def empty(self) -> Any:
        return None

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> Any:
        return "" if value is None else value


class Text(_Cell):
    def __init__(self, longest: int, *, required: bool = False) -> None:
        super().__init__(required=required)
        self.longest = longest

    def empty(self) -> str:
        return ""

    def read(self, value: Any) -> str:
        text = cell_text(value)
        if len(text) > self.longest:
            raise ValueError(f"有{len(text)}个字，最多{self.longest}个字。请改短。")
        return text


class Whole(_Cell):
    """A small whole number: an order, a year, decimals."""

    def __init__(self, low: int, high: int, *, required: bool = False, default: int | None = None):
        super().__init__(required=required)
        self.low, self.high, self.default = low, high, default

    def empty(self) -> int | None:
        return self.default

    def read(self, value: Any) -> int:
        text = cell_text(value)
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.low <= int(text) <= self.high:
            raise ValueError(f"“{text[:20]}”不对，请填{self.low}到{self.high}之间的整数。")
        return int(text)


class YesNo(_Cell):
    def __init__(self, *, default: bool) -> None:
        super().__init__()
        self.default = default

    def empty(self) -> bool:
        return self.default

    def read(self, value: Any) -> bool:
        text = cell_text(value).upper()
        if text not in _YES | _NO:
            raise ValueError(f"“{text[:20]}”不对，请填“是”或“否”。")
        return text in _YES

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return "是" if value else "否"


class Day(_Cell):
    def read(self, value: Any) -> dt.date:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = cell_text(value)
        found = _DATE.fullmatch(text)
        if not found:
            raise ValueError(f"“{text[:20]}”不是日期，请写成2025-02-05这样。")
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            raise ValueError(f"没有“{text}”这一天，请改正日期。") from None


class Choice(_Cell):
    """One of a model field's choices, by its label; empty means `default`."""

    def __init__(self, choices: Iterable[tuple[Any, Any]], *, default: Any = None) -> None:
        super().__init__(required=default is None)
        self.labels = {value: str(label) for value, label in choices}
        self.values = {label: value for value, label in self.labels.items()}
        self.default = default

    def empty(self) -> Any:
        return self.default

    def read(self, value: Any) -> Any:
        text = cell_text(value)
        if text not in self.values:
            raise ValueError(f"“{text[:20]}”不对，请填其中一个：{'、'.join(self.values)}。")
        return self.values[text]

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return self.labels.get(value, "")


class Directory:
    """The rows of one kind that a file may name; `wrong` names are told with the right one."""

    def __init__(self, kind: str, rows: Mapping[str, Model], wrong: Mapping[str, str]) -> None:
        self.kind, self.rows, self.wrong = kind, rows, wrong

    def find(self, name: str) -> Model:
        """Raises ValueError."""
        if name in self.rows:
            return self.rows[name]
        if name in self.wrong:
            raise ValueError(f"“{name}”不是规范的写法，请改成“{self.wrong[name]}”。")
        near = difflib.get_close_matches(name, self.rows, n=1, cutoff=0.5)
        hint = f"相近的有“{near[0]}”。" if near else ""
        raise ValueError(
            f"名录里没有{self.kind}“{name[:40]}”。{hint}请改成名录里的写法，或先添加这个{self.kind}。"
        )


class Named(_Cell):
    """A row of a directory, by its name; the resource sets `directory` before an import."""

    directory = Directory("条目", {}, {})

    def read(self, value: Any) -> Model:
        return self.directory.find(cell_text(value))

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return "" if value is None else str(value)


class Column(Field):  # type: ignore[misc] # import-export has no types
    """A column of the file and the attribute it stands for."""

    def __init__(
        self, heading: str, attribute: str, widget: Widget, *, writes: bool = True
    ) -> None:
        super().__init__(attribute=attribute, column_name=heading, widget=widget)
        self.writes = writes

    def assign(self, instance: Any, value: Any) -> None:
        if self.writes:
            setattr(instance, self.attribute, value)

    def shown(self, instance: Any) -> Any:
        """As exported: text, number or date."""
        return self.widget.render(self.get_value(instance), instance)
