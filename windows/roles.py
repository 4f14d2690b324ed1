"""Who may stand where: the roles of a centre, by name.

Each role is a Django group of the same name; what a group may do is read from
the tables of moves and from the models' permissions (see docs/decisions/).
"""

from __future__ import annotations

from typing import Final

WINDOW: Final = "window_staff"
CHIEF: Final = "chief_representative"
EDITOR: Final = "editor"
APPROVER: Final = "approver"
PUBLISHER: Final = "publisher"
DATA_CLERK: Final = "data_clerk"
AUDITOR: Final = "auditor"
ADMINISTRATOR: Final = "administrator"

LABELS: Final[dict[str, str]] = {
    WINDOW: "窗口人员",
    CHIEF: "首席代表",
    EDITOR: "编辑",
    APPROVER: "签发人",
    PUBLISHER: "发布人",
    DATA_CLERK: "数据员",
    AUDITOR: "审计员",
    ADMINISTRATOR: "管理员",
}

AT_THE_WINDOW: Final = frozenset({WINDOW, CHIEF})
AT_THE_CENTRE: Final = frozenset(LABELS) - AT_THE_WINDOW
# 三员分立: with the system's own superuser, no two of these for one person at one time.
SEPARATED: Final = frozenset({ADMINISTRATOR, AUDITOR})
SECOND_FACTOR: Final = frozenset({APPROVER, PUBLISHER, ADMINISTRATOR})
