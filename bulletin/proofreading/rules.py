"""The table of proofreading rules that look at one text, and the one function that asks them.

Rows follow `domain.md` section 2, which says what each is for; rules over a whole issue
(totals, order, duplicates) have their own places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from bulletin.proofreading import dates, names, numbers, punctuation, wording
from bulletin.proofreading.problems import Context, Problem, Rule

_MARKS: Final = "标点符号用法（GB/T 15834—2011）"
_FIGURES: Final = "出版物上数字用法（GB/T 15835—2011）"
_FORMAT: Final = "党政机关公文格式（GB/T 9704—2012）"

RULES: Final = (
    Rule(1, "半角标点", "warn", punctuation.half_width, _MARKS, auto=True),
    Rule(2, "半角括号", "warn", punctuation.half_brackets, _MARKS, auto=True),
    Rule(3, "括号一全一半", "block", punctuation.mixed_brackets, _MARKS, auto=True),
    Rule(4, "直引号", "warn", punctuation.straight_quotes, _MARKS, auto=True),
    Rule(5, "标点不成对", "block", punctuation.unpaired, _MARKS),
    Rule(6, "同形标点套用", "warn", punctuation.same_nesting, _MARKS),
    Rule(8, "序号后多标点", "block", punctuation.mark_after_ordinal, _MARKS, auto=True),
    Rule(10, "标点重复", "block", punctuation.clashing_marks, _MARKS, auto=True),
    Rule(11, "省略号", "warn", punctuation.ellipsis, _MARKS, auto=True),
    Rule(12, "起止符号", "warn", punctuation.connectors, _MARKS),
    Rule(13, "全角数字字母", "block", punctuation.wide_digits, _FIGURES, auto=True),
    Rule(14, "多余空格", "hint", punctuation.stray_spaces, auto=True),
    Rule(15, "看不见的字符", "block", punctuation.unseen, auto=True),
    Rule(16, "数字与千百连用", "warn", numbers.scaled, _FIGURES),
    Rule(17, "年份两位", "block", dates.two_digit_year, _FIGURES),
    Rule(18, "日期不存在", "block", dates.impossible, "日历"),
    Rule(20, "年月与本期不符", "block", dates.other_period),
    Rule(21, "星期与日期不符", "block", dates.wrong_weekday, "日历"),
    Rule(22, "调研在非工作日", "hint", dates.visit_on_day_off, "工作日历"),
    Rule(23, "日期含糊", "warn", dates.vague),
    Rule(24, "日期补零", "warn", dates.padded, auto=True),
    Rule(25, "旧部门名", "warn", names.obsolete, "机构改革方案"),
    Rule(26, "部门简称", "warn", names.informal, "部门规范简称", auto=True),
    Rule(27, "部门前的省", "hint", names.province),
    Rule(29, "姓名在职务前", "hint", names.name_before_title),
    Rule(31, "姓名写法", "warn", names.spaced_name, _MARKS, auto=True),
    Rule(38, "千分号", "hint", numbers.grouped, _FIGURES),
    Rule(39, "概数重复", "warn", numbers.twice_approximate),
    Rule(40, "列举项数", "warn", numbers.enumeration),
    Rule(43, "词语重复", "warn", wording.doubled),
    Rule(44, "错别字", "warn", wording.slips, "现代汉语词典"),
    Rule(45, "繁体字", "warn", wording.variants, "通用规范汉字表", auto=True),
    Rule(46, "发文字号", "block", numbers.document_number, _FORMAT, auto=True),
    Rule(47, "占位未填", "block", wording.leftovers),
    Rule(48, "段末标点", "block", wording.ending, _MARKS),
    Rule(50, "个人信息与密级", "block", wording.private, "个人信息保护法"),
)
RULE: Final = {rule.number: rule for rule in RULES}
if len(RULE) != len(RULES):
    raise RuntimeError("two rules have one number")

_GRAVITY: Final = {"block": 0, "warn": 1, "hint": 2}


def check_text(text: str, context: Context, *, off: Collection[int] = ()) -> list[Problem]:
    """All problems of one paragraph or heading, in reading order; `off` are rules not asked.

    Where two rules point at the same place, the graver one speaks.
    """
    found: dict[tuple[int, int], Problem] = {}
    for problem in _problems(text, context, off):
        place = (problem.start, problem.end)
        if place not in found or _GRAVITY[problem.severity] < _GRAVITY[found[place].severity]:
            found[place] = problem
    return sorted(found.values(), key=lambda problem: (problem.start, problem.end, problem.rule))


def _problems(text: str, context: Context, off: Collection[int]) -> Iterator[Problem]:
    for rule in RULES:
        if rule.number not in off:
            for found in rule.find(text, context):
                auto = rule.auto if found.auto is None else found.auto
                yield Problem(
                    rule.number,
                    rule.severity,
                    found.message,
                    found.start,
                    found.end,
                    found.suggestion,
                    auto and found.suggestion is not None,
                )


def repaired(text: str, problems: Iterable[Problem]) -> str:
    """The text with the suggestions of all `auto` problems made; of two that overlap, the
    first. Some repairs show only after others: check again."""
    parts: list[str] = []
    at = 0
    for problem in sorted(problems, key=lambda problem: problem.start):
        if problem.auto and problem.suggestion is not None and problem.start >= at:
            parts += (text[at : problem.start], problem.suggestion)
            at = problem.end
    return "".join((*parts, text[at:]))
