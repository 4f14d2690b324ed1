"""An issue, from its first entry to the public."""

from __future__ import annotations

from typing import Final

from windows.roles import APPROVER, EDITOR, PUBLISHER

from .machine import SYSTEM, Move, Workflow, of

# Where an issue may stand while its public edition is being corrected.
_UNDER_CORRECTION: Final = ("open", "proof", "signed", "scheduled")

ISSUE: Final = Workflow(
    subject="issue",
    initial="open",
    states={
        "open": "编辑中",
        "proof": "待签发",
        "signed": "已签发",
        "scheduled": "定时发布",
        "published": "已发布",
        "withdrawn": "已撤下",
    },
    moves=(
        Move(
            "send_proof",
            "送签",
            of("open"),
            "proof",
            of(EDITOR),
            "冻结成一份校样，送签发人；之后任何改动都会使校样作废。",
            requires=("own_centre",),
        ),
        Move(
            "void_proof",
            "校样作废",
            of("proof"),
            "open",
            of(EDITOR, SYSTEM),
            "送签之后有改动，这份校样不能再签。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "return_proof",
            "退回编辑",
            of("proof"),
            "open",
            of(APPROVER),
            "校样退回编辑部，理由写在签批记录里。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "sign",
            "签发",
            of("proof"),
            "signed",
            of(APPROVER),
            "签发的就是这一份。签发后本校样不能再改；发布前可以撤销签发。",
            requires=("own_centre",),
        ),
        Move(
            "revoke",
            "撤销签发",
            of("signed", "scheduled"),
            "open",
            of(APPROVER, EDITOR),
            "签发作废，本期回到编辑中。",
            needs_note=True,
            requires=("own_centre",),
        ),
        Move(
            "schedule",
            "定时发布",
            of("signed"),
            "scheduled",
            of(PUBLISHER),
            "到时自动发布，之前可以取消。",
            requires=("own_centre",),
        ),
        Move(
            "unschedule",
            "取消定时",
            of("scheduled"),
            "signed",
            of(PUBLISHER),
            "取消定时，签发仍然有效。",
            requires=("own_centre",),
        ),
        Move(
            "publish",
            "发布",
            of("signed", "scheduled"),
            "published",
            of(PUBLISHER, SYSTEM),
            "整期立即公开，公开的就是签发的那一份。",
            requires=("own_centre",),
        ),
        Move(
            "take_over",
            "补录",
            of("open"),
            "published",
            of(SYSTEM),
            "系统启用之前已经印发的一期，按原样补录。",
        ),
        Move(
            "correct",
            "更正",
            of("published"),
            "open",
            of(EDITOR),
            "本期回到编辑中改正；公开的一版照旧公开，直到更正发布。",
            needs_note=True,
            requires=("own_centre", "has_public_edition"),
        ),
        Move(
            "abandon_correction",
            "放弃更正",
            of("open"),
            "published",
            of(EDITOR),
            "不更正了，公开的还是原来那一版。",
            requires=("own_centre", "has_public_edition"),
        ),
        Move(
            "withdraw",
            "撤下",
            of("published", *_UNDER_CORRECTION),
            "withdrawn",
            of(APPROVER),
            "本期各版都不再公开，原址写明撤下的理由。",
            needs_note=True,
            requires=("own_centre", "has_public_edition"),
        ),
    ),
)
