"""What may happen, as tables.

Buttons, permissions, mails and the state diagram in the docs are read from
here; `moves.make_move` is the only code that acts on it. A wrong table fails
at import.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from windows.roles import (
    APPROVER,
    AT_THE_WINDOW,
    CHIEF,
    DATA_CLERK,
    EDITOR,
    LABELS,
    PUBLISHER,
    WINDOW,
)

SYSTEM: Final = "system"

Holder = Literal["keep", "take", "release"]


@dataclass(frozen=True, slots=True)
class Move:
    """One arrow of the state diagram.

    `requires` names further conditions, each a function in `moves.CONDITIONS`;
    `consequence` is what the button says will happen.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    consequence: str
    needs_note: bool = False
    holder: Holder = "keep"
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """A table of moves over labelled states; `subject` names it in permissions and trails."""

    subject: str
    states: dict[str, str]
    initial: str
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(f"workflow {self.subject}: {problem}")

    def _problems(self) -> Iterator[str]:
        names = [move.name for move in self.moves]
        if len(set(names)) < len(names):
            yield "two moves share a name"
        if self.initial not in self.states:
            yield f"unknown initial state {self.initial}"
        for move in self.moves:
            if unknown := (move.sources | {move.target}) - set(self.states):
                yield f"{move.name} names unknown states {sorted(unknown)}"
            if strangers := move.roles - set(LABELS) - {SYSTEM}:
                yield f"{move.name} names unknown roles {sorted(strangers)}"
            if not move.sources or not move.roles:
                yield f"{move.name} can never be made"
        if lost := set(self.states) - self._reachable():
            yield f"no move leads to {sorted(lost)}"

    def _reachable(self) -> set[str]:
        found = {self.initial}
        while fresh := {m.target for m in self.moves if m.sources & found} - found:
            found |= fresh
        return found

    def move(self, name: str) -> Move:
        """The move of that name. Raises KeyError."""
        for move in self.moves:
            if move.name == name:
                return move
        raise KeyError(name)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if state in move.sources)

    @property
    def permissions(self) -> list[tuple[str, Any]]:
        """Django permission rows, one a move: (codename, name)."""
        return [(self.codename(m), f"{m.label}（{self.subject}）") for m in self.moves]

    def codename(self, move: Move) -> str:
        return f"{move.name}_{self.subject}"


def _of(*names: str) -> frozenset[str]:
    return frozenset(names)


REVIEW: Final = Workflow(
    subject="submission",
    initial="draft",
    states={
        "draft": "草稿",
        "submitted": "待认领",
        "endorsed": "首席代表已审",
        "claimed": "已认领",
        "returned": "退回修改",
        "accepted": "已采用",
        "declined": "不采用",
        "withdrawn": "已撤回",
    },
    moves=(
        Move(
            "submit",
            "提交",
            _of("draft", "returned"),
            "submitted",
            AT_THE_WINDOW,
            "提交后由中心编辑处理，认领之前可以撤回。",
            requires=("own_window", "complete"),
        ),
        Move(
            "recall",
            "撤回修改",
            _of("submitted", "endorsed"),
            "draft",
            AT_THE_WINDOW,
            "回到草稿，改好后可以再提交。",
            requires=("own_window",),
        ),
        Move(
            "endorse",
            "审核通过",
            _of("submitted"),
            "endorsed",
            _of(CHIEF),
            "送到中心编辑的收件箱。",
            requires=("own_department",),
        ),
        Move(
            "claim",
            "认领",
            _of("submitted", "endorsed"),
            "claimed",
            _of(EDITOR, DATA_CLERK),
            "认领后归您处理，别人只能看；窗口看到“在您处”。不发邮件。",
            holder="take",
            requires=("own_centre", "own_kind", "endorsed_if_asked"),
        ),
        Move(
            "release",
            "放回",
            _of("claimed"),
            "submitted",
            _of(EDITOR, DATA_CLERK),
            "放回收件箱，别人可以认领。",
            holder="release",
            requires=("own_centre", "own_kind"),
        ),
        Move(
            "return",
            "退回修改",
            _of("submitted", "endorsed", "claimed"),
            "returned",
            _of(EDITOR, DATA_CLERK, CHIEF),
            "报送人将收到邮件，条目回到“退回修改”；编辑稿留在流转记录里。",
            needs_note=True,
            holder="release",
            requires=("own_department_or_centre", "own_kind", "holder_if_claimed"),
        ),
        Move(
            "decline",
            "不采用",
            _of("submitted", "endorsed", "claimed"),
            "declined",
            _of(EDITOR),
            "窗口能看到理由，条目不再处理。",
            needs_note=True,
            holder="release",
            requires=("own_centre", "not_counts", "holder_if_claimed"),
        ),
        Move(
            "accept",
            "采用",
            _of("claimed"),
            "accepted",
            _of(EDITOR, DATA_CLERK),
            "编入本期待排，窗口看到“已采用”；送签前可以取回。",
            requires=("own_centre", "own_kind", "holder_if_claimed"),
        ),
        Move(
            "take_back",
            "取回",
            _of("accepted"),
            "claimed",
            _of(EDITOR, DATA_CLERK),
            "从本期取下，回到您手里继续编辑。",
            holder="take",
            requires=("own_centre", "own_kind", "not_in_print"),
        ),
        Move(
            "record",
            "录入",
            _of("draft"),
            "accepted",
            _of(SYSTEM),
            "由已经刊出的文本录入，不再审核。",
        ),
        Move(
            "withdraw",
            "作废",
            _of("draft", "submitted", "returned"),
            "withdrawn",
            AT_THE_WINDOW,
            "这一条不再报送，留有记录。",
            requires=("own_window",),
        ),
    ),
)

ISSUE: Final = Workflow(
    subject="issue",
    initial="open",
    states={
        "open": "编辑中",
        "proof": "待签发",
        "signed": "已签发",
        "scheduled": "定时发布",
        "published": "已发布",
    },
    moves=(
        Move(
            "send_proof",
            "送签",
            _of("open"),
            "proof",
            _of(EDITOR),
            "冻结成一份校样，送签发人；之后任何改动都会使校样作废。",
            requires=("own_centre",),
        ),
        Move(
            "void_proof",
            "校样作废",
            _of("proof"),
            "open",
            _of(EDITOR, SYSTEM),
            "送签之后有改动，这份校样不能再签。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "return_proof",
            "退回编辑",
            _of("proof"),
            "open",
            _of(APPROVER),
            "校样退回编辑部，理由写在签批记录里。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "sign",
            "签发",
            _of("proof"),
            "signed",
            _of(APPROVER),
            "签发的就是这一份。签发后本校样不能再改；发布前可以撤销签发。",
            requires=("own_centre",),
        ),
        Move(
            "revoke",
            "撤销签发",
            _of("signed", "scheduled"),
            "open",
            _of(APPROVER),
            "签发作废，本期回到编辑中。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "schedule",
            "定时发布",
            _of("signed"),
            "scheduled",
            _of(PUBLISHER),
            "到时自动发布，之前可以取消。",
            requires=("own_centre",),
        ),
        Move(
            "unschedule",
            "取消定时",
            _of("scheduled"),
            "signed",
            _of(PUBLISHER),
            "取消定时，签发仍然有效。",
            requires=("own_centre",),
        ),
        Move(
            "publish",
            "发布",
            _of("signed", "scheduled"),
            "published",
            _of(PUBLISHER, SYSTEM),
            "整期立即公开，公开的就是签发的那一份。",
            requires=("own_centre",),
        ),
    ),
)

FIGURES: Final = Workflow(
    subject="report",
    initial="entered",
    states={"entered": "已填报", "confirmed": "已确认", "locked": "已锁定"},
    moves=(
        Move(
            "confirm",
            "确认数据",
            _of("entered"),
            "confirmed",
            _of(DATA_CLERK, EDITOR, SYSTEM),
            "确认后计入本期总数。",
            requires=("own_centre",),
        ),
        Move(
            "unconfirm",
            "取消确认",
            _of("confirmed"),
            "entered",
            _of(DATA_CLERK, EDITOR),
            "退回填报状态，本期总数不再计入。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "lock",
            "锁定",
            _of("confirmed"),
            "locked",
            _of(SYSTEM),
            "本期已发布，数据只能订正。",
        ),
        Move(
            "restate",
            "订正",
            _of("locked"),
            "locked",
            _of(DATA_CLERK),
            "写明理由，下期刊登订正说明。",
            needs_note=True,
            requires=("own_centre",),
        ),
    ),
)

WORKFLOWS: Final = {table.subject: table for table in (REVIEW, ISSUE, FIGURES)}

__all__ = ["FIGURES", "ISSUE", "REVIEW", "SYSTEM", "WINDOW", "WORKFLOWS", "Move", "Workflow"]
