"""The sentences that report a leader's visit, composed from plain values.

House forms of `domain.md` 1.1.9 and 1.1.10. Both rest on few printed examples,
so each is a template that a centre may change; names in braces are filled in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LEAD: Final = "{date}，{visitors}到{hall}{window}窗口调研指导工作。{opening}{remarks}"
DUTY: Final = "{months}，{visitors}到{hall}窗口调研值守。"
OPENINGS: Final = ("他强调，", "她强调，", "他要求，", "她要求，", "他指出，", "{name}鼓励")
BETWEEN_VISITORS: Final = "，"  # the 、 is taken: it stands inside posts

_FIELD: Final = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came, as printed: short name of the department, post, name.

    Raises ValueError without a name or a department. The post is kept as it is
    given, such as 党组副书记、副厅长（主持工作）.
    """

    department: str
    post: str
    name: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("来访领导没有填写姓名。")
        if not self.department.strip():
            raise ValueError(f"来访领导{self.name}没有填写部门。")

    def __str__(self) -> str:
        return f"{self.department}{self.post}{self.name}"


def month_label(month: int, month_to: int | None = None) -> str:
    """2月, or 1—2月 for a combined issue."""
    return f"{month}—{month_to}月" if month_to else f"{month}月"


def day_label(day: dt.date) -> str:
    """2月5日: no padding zeros, no year."""
    return f"{day.month}月{day.day}日"


def lead_sentence(
    day: dt.date,
    visitors: Sequence[Visitor],
    hall: str,
    *,
    window: str = "",
    opening: str = "",
    remarks: str = "",
    template: str = LEAD,
) -> str:
    """One visit with remarks. `window` is the department whose window was visited,
    the first visitor's own unless given; `{name}` in `opening` is the first visitor's.

    Raises ValueError without a visitor, or when the template names an unknown field.
    """
    if not visitors:
        raise ValueError("调研指导记录里没有来访领导。")
    return fill(
        template,
        date=day_label(day),
        visitors=joined(visitors),
        hall=hall,
        window=window or visitors[0].department,
        opening=fill(opening, name=visitors[0].name),
        remarks=remarks,
    )


def duty_sentence(
    months: str, visitors: Sequence[Visitor], hall: str, *, template: str = DUTY
) -> str:
    """All 值守 visits of a month in one sentence, in the order given; "" when nobody came.

    `months` is 2月 or 1—2月. Raises ValueError when the template names an unknown field.
    """
    if not visitors:
        return ""
    return fill(template, months=months, visitors=joined(visitors), hall=hall)


def joined(visitors: Sequence[Visitor]) -> str:
    """Every person with the department, even when it is the same one again."""
    return BETWEEN_VISITORS.join(str(visitor) for visitor in visitors)


def fill(template: str, **values: str) -> str:
    """The template with its {fields} replaced, once: braces in values stay text.

    Raises ValueError for a field that is not offered.
    """

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            offered = "、".join(f"{{{name}}}" for name in values)
            raise ValueError(f"句式里的{match[0]}无法填写，可用的有：{offered}。")
        return values[match[1]]

    return _FIELD.sub(value, template)
