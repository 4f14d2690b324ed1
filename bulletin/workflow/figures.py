"""A window's month of figures."""

from __future__ import annotations

from typing import Final

from windows.roles import DATA_CLERK, EDITOR

from .machine import SYSTEM, Move, Workflow, of

FIGURES: Final = Workflow(
    subject="report",
    initial="entered",
    states={"entered": "已填报", "confirmed": "已确认", "locked": "已锁定"},
    moves=(
        Move(
            "confirm",
            "确认数据",
            of("entered"),
            "confirmed",
            of(DATA_CLERK, EDITOR, SYSTEM),
            "确认后计入本期总数。",
            requires=("own_centre", "month_unpublished"),
        ),
        Move(
            "unconfirm",
            "取消确认",
            of("confirmed"),
            "entered",
            of(DATA_CLERK, EDITOR),
            "退回填报状态，本期总数不再计入。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "lock",
            "锁定",
            of("confirmed"),
            "locked",
            of(SYSTEM),
            "本期已发布，数据只能订正。",
        ),
        Move(
            "restate",
            "订正",
            of("locked"),
            "locked",
            of(DATA_CLERK),
            "写明理由，下期刊登订正说明。",
            needs_note=True,
            requires=("own_centre",),
        ),
    ),
)
