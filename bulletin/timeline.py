"""The trail in words: what was done to an object, for those who may read it."""

from __future__ import annotations

from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bulletin.models import Edition, Issue, Submission, Trail
from bulletin.workflow import WORKFLOWS
from windows.access import Actor

# What leaves a trail without being a move of a table.
DEEDS: Final = {
    "edit": _("改编辑稿"),
    "particulars": _("改期号、日期"),
    "freeze": _("冻结校样"),
    "open_issue": _("开新一期"),
    "collect": _("收集条目"),
    "template": _("改运行情况模板"),
    "edit_entry": _("改条目"),
    "place_entry": _("调整次序"),
    "drop_entry": _("取下条目"),
    "merge_entries": _("合并条目"),
    "carry_entry": _("移至下期"),
    "receive_entry": _("收下上期移来的条目"),
    "restore_entry": _("放回条目"),
    "keep_entry": _("保留手写的段落"),
    "add_section": _("加栏目"),
    "rename_section": _("改栏目"),
    "move_section": _("调整栏目次序"),
    "remove_section": _("删栏目"),
    "undo_step": _("撤销上一步"),
    "import": _("导入"),
    "correct": _("更正"),
    "add": _("新建"),
    "change": _("修改"),
    "delete": _("删除"),
    "comment": _("写批注"),
    "resolve_comment": _("办结批注"),
    "reopen_comment": _("重开批注"),
    "pin_comment": _("置顶批注"),
    "unpin_comment": _("取消置顶"),
    "remind": _("发催报"),
    "receive_copy": _("收到Word改稿"),
    "decline_change": _("不取Word改稿的一处"),
    "enter_figures": _("填数"),
    "acknowledge": _("确认提醒"),
    "take_back_acknowledgement": _("收回确认"),
    "confirm_exception": _("复核签发"),
    "make_link": _("发出签发链接"),
    "revoke_link": _("收回签发链接"),
    "nil_return": _("报零报告"),
    "undo_nil_return": _("收回零报告"),
    "attach": _("添附件"),
    "detach": _("删附件"),
    "import_issue": _("录入刊出的一期"),
    "link_commission": _("关联约稿"),
    "unlink_commission": _("取消关联约稿"),
    "sign_in": _("登录"),
    "sign_in_failed": _("登录失败"),
    "sign_in_locked": _("锁定登录"),
    "sign_out": _("退出"),
    "password_given": _("密码已验，等验证码"),
    "code_failed": _("验证码不对"),
    "proof_failed": _("再次验证身份没有通过"),
    "enrol": _("设置验证码"),
    "new_codes": _("换恢复码"),
    "change_password": _("改密码"),
}
SUBJECTS: Final = {
    "submission": _("报送"),
    "issue": _("期"),
    "report": _("月度数据"),
    "publication": _("刊物"),
    "call": _("征稿"),
    "edition": _("校样"),
    "entry": _("条目"),
    "account": _("账户"),
    "servicewindow": _("窗口"),
    "department": _("部门"),
    "leader": _("领导"),
    "staff": _("岗位人员"),
    "centre": _("中心"),
}


def action_label(subject: str, action: str) -> str:
    """退回修改 for ("submission", "return"); the name itself where nobody named it."""
    table = WORKFLOWS.get(subject)
    for move in table.moves if table else ():
        if move.name == action:
            return move.label
    return str(DEEDS.get(action, action))


def timeline(user: Actor, subject: str, pk: int, *, most: int = 30) -> QuerySet[Trail]:
    """The latest rows of one object; none for a person who may not read the trail."""
    return Trail.objects.visible_to(user).of(subject, pk).order_by("-serial")[:most]


def of_issue(pk: int) -> Q:
    """Rows of an issue, its proofs, and the submissions that stand in it."""
    placed = Submission.objects.filter(placement__entry__issue=pk)
    editions = Edition.objects.filter(issue=pk)
    return (
        Q(subject="issue", subject_id=pk)
        | Q(subject="edition", subject_id__in=editions.values("pk"))
        | Q(subject="submission", subject_id__in=placed.values("pk"))
    )


def issue_timeline(user: Actor, issue: Issue, *, most: int = 30) -> QuerySet[Trail]:
    """The latest rows of all that makes up an issue."""
    return Trail.objects.visible_to(user).filter(of_issue(issue.pk)).order_by("-serial")[:most]


def recent(user: Actor, *, most: int = 8) -> QuerySet[Trail]:
    return Trail.objects.visible_to(user).order_by("-at", "-serial")[:most]
