"""What the database itself refuses: a figure of a locked month without its restatement (订正).

The latest row of `Restatement` for a figure says what stood and what stands; without it no
number of a locked report is added, changed or taken away, whoever asks. On PostgreSQL
migration 0007 made the triggers, which look once a statement.
"""

from __future__ import annotations

from typing import Final

from windows.triggers import Guard

REFUSED: Final = "a locked month is only restated"
_NUMBERS: Final = ("value", "denominator", "precision", "indicator_id", "report_id")
_OF_THE_REPORT: Final = ("state", "nil", "year", "month", "window_id", "centre_id")
_OF_THE_RESTATEMENT: Final = (
    "figure_id", "old", "old_denominator", "new", "new_denominator", "reason", "at", "centre_id",
)  # fmt: skip


def _differs(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in columns) + ")"


def _locked(row: str) -> str:
    report = f"SELECT 1 FROM stats_monthlyreport m WHERE m.id = {row}.report_id"  # noqa: S608
    return f"EXISTS ({report} AND m.state = 'locked')"


def _told(old: str, old_denominator: str) -> str:
    latest = "SELECT MAX(id) FROM stats_restatement WHERE figure_id = NEW.id"
    return (
        f"EXISTS (SELECT 1 FROM stats_restatement r WHERE r.id = ({latest})"  # noqa: S608
        ' AND r."new" = NEW.value AND r.new_denominator IS NEW.denominator'
        f' AND r."old" IS {old} AND r.old_denominator IS {old_denominator})'
    )


_MOVED: Final = _differs(("indicator_id", "report_id"))
GUARD: Final = Guard(
    {
        "figure_locked_insert": f"INSERT ON stats_figure WHEN {_locked('NEW')}"
        f" AND NOT {_told('NULL', 'NULL')}",
        "figure_locked_update": f"UPDATE ON stats_figure WHEN {_differs(_NUMBERS)}"
        f" AND ({_locked('OLD')} OR {_locked('NEW')})"
        f" AND ({_MOVED} OR NOT {_told('OLD.value', 'OLD.denominator')})",
        "figure_locked_delete": f"DELETE ON stats_figure WHEN {_locked('OLD')}",
        "report_locked_update": "UPDATE ON stats_monthlyreport"
        f" WHEN OLD.state = 'locked' AND {_differs(_OF_THE_REPORT)}",
        "report_locked_delete": "DELETE ON stats_monthlyreport WHEN OLD.state = 'locked'",
        "restatement_no_update": "UPDATE ON stats_restatement"
        f" WHEN {_differs(_OF_THE_RESTATEMENT)}",
        "restatement_no_delete": "DELETE ON stats_restatement",
    },
    REFUSED,
)
