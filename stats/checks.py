"""What may be wrong with a month's figures: pure functions, findings in Chinese.

Precision is respected throughout: a sum is wrong only when no numbers behind the printed
figures could make it right (domain.md 2, rule 34). 办结 above 受理 is legal, since cases
are carried over, and is never flagged (domain.md 1.1, rule 13).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from stats.counts import CountError as CountError
from stats.counts import parse_count as parse_count
from stats.figures import change_words, print_quantity
from stats.intervals import Interval, Number, quotient
from stats.specs import CENTRE as CENTRE
from stats.specs import IndicatorSpec, Totals, Value, amount, amount_interval

Severity = Literal["block", "warn", "hint"]

SWING: Final = 10
# Half-way (by ratio) between an honest swing and 件 taken for 万件, on the safe side.
UNIT_SLIP: Final = 2_000
MIN_HISTORY: Final = 3
# Below this many, ten times more is one busy morning.
SMALL: Final = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem. `keys` are indicators; `window` is None where it concerns the total."""

    code: str
    severity: Severity
    message: str
    keys: tuple[str, ...] = ()
    window: str | None = None


Specs = Mapping[str, IndicatorSpec]


def check_parts(
    specs: Specs, values: Totals, total: str, parts: Sequence[str], window: str | None = None
) -> list[Finding]:
    """Parts against their total, beyond what rounding explains. Silent while any is blank."""
    if any(key not in values for key in (total, *parts)):
        return []
    added = sum((values[key].interval for key in parts), Interval.point(0))
    if added.overlaps(values[total].interval):
        return []
    spec, labels = specs[total], "、".join(specs[key].label for key in parts)
    message = (
        f"{labels}合计{_plain(spec, sum(values[key].value for key in parts))}，"
        f"与{spec.label}{_plain(spec, values[total].value)}不符。"
    )
    return [Finding("parts", "block", message, (total, *parts), window)]


def check_share(
    specs: Specs, values: Totals, share: str, part: str, total: str, window: str | None = None
) -> list[Finding]:
    """A stated rate against part ÷ total; tells truncation from a wrong rate (rule 35)."""
    expected = _share(values, part, total)
    stated = amount_interval(specs[share], values[share]) if share in values else None
    if expected is None or stated is None or stated.overlaps(expected):
        return []
    half = quotient(stated.high - stated.low, 2)
    keys = (share, part, total)
    if half and Interval(stated.low + half, stated.high + half).overlaps(expected):
        message = f"{specs[share].label}像是直接截去了尾数，应四舍五入。"
        return [Finding("share_truncated", "hint", message, keys, window)]
    message = f"{specs[share].label}与{specs[part].label}除以{specs[total].label}的结果不符。"
    return [Finding("share", "warn", message, keys, window)]


def _share(values: Totals, part: str, total: str) -> Interval | None:
    if part not in values or total not in values or values[total].interval.low <= 0:
        return None
    return values[part].interval / values[total].interval * Interval.point(100)


def check_relations(
    specs: Specs,
    values: Totals,
    parts: Mapping[str, Sequence[str]],
    shares: Mapping[str, tuple[str, str]],
    window: str | None = None,
) -> list[Finding]:
    """All the parts (total → parts) and shares (share → part, total) of one window or month."""
    added = [check_parts(specs, values, total, its, window) for total, its in parts.items()]
    divided = [check_share(specs, values, key, *its, window) for key, its in shares.items()]
    return [finding for findings in added + divided for finding in findings]


def check_rate(spec: IndicatorSpec, value: Value, window: str | None = None) -> list[Finding]:
    """A rate needs its denominator, and stays between 0 and 100 per cent."""
    if spec.has_denominator and value.denominator is None:
        return [_one("denominator", "block", f"{spec.label}缺少分母。", spec, window)]
    if spec.has_denominator and not value.denominator and value.value:
        return [_one("denominator", "block", f"{spec.label}的分母是零，分子不是。", spec, window)]
    known = amount_interval(spec, value) if spec.is_rate else None
    if known is None or known.overlaps(Interval(0, 100, True, True)):
        return []
    if known.below(Interval.point(0)):
        return [_one("negative", "warn", f"{spec.label}小于零，请核对。", spec, window)]
    return [_one("over_100", "block", f"{spec.label}超过100%，请核对分子和分母。", spec, window)]


def check_blank(
    specs: Sequence[IndicatorSpec], entered: Totals, *, nil: bool, window: str | None = None
) -> list[Finding]:
    """Nil return against figures. `specs` are those the window is asked for.

    Blank is not zero: a month with nothing to report is answered by 零报告.
    """
    blank = [spec for spec in specs if spec.key not in entered]
    filled = [spec for spec in specs if spec.key in entered and entered[spec.key].value]
    if nil:
        return _nil_with_figures(filled, window)
    if specs and len(blank) == len(specs):
        message = "还没有填报本月数据；确实没有业务的，请选择零报告。"
        return [Finding("blank", "block", message, _keys(blank), window)]
    if blank:
        message = f"{_labels(blank)}没有填写；没有发生的请填0，留空不等于0。"
        return [Finding("blank", "warn", message, _keys(blank), window)]
    if specs and not filled:
        return [Finding("all_zero", "hint", "全部为0，可以改用零报告。", _keys(specs), window)]
    return []


def _nil_with_figures(filled: Sequence[IndicatorSpec], window: str | None) -> list[Finding]:
    if not filled:
        return []
    message = f"已选择零报告，但{_labels(filled)}填了数，请改正其中一处。"
    return [Finding("nil", "block", message, _keys(filled), window)]


def check_swing(
    spec: IndicatorSpec,
    value: Value,
    history: Sequence[Number],
    *,
    explained: bool = False,
    window: str | None = None,
) -> list[Finding]:
    """A count against the median of the months before it (rule 33).

    Ten times more or less asks for a 口径说明; ×10⁴ is 件 taken for 万件 and blocks,
    explained or not. Rates, small numbers and short histories say nothing.
    """
    number = amount(spec, value)
    if number is None or spec.is_rate or len(history) < MIN_HISTORY:
        return []
    usual = _median(history)
    if max(number, usual) < SMALL or not usual:
        return []
    if number >= UNIT_SLIP * usual or 0 < number * UNIT_SLIP <= usual:
        message = (
            f"{_beside(spec, number, usual)}，相差约万倍：单位是{spec.unit}，不是万{spec.unit}吗？"
        )
        return [_one("unit_slip", "block", message, spec, window)]
    if explained or usual < number * SWING < usual * SWING**2:
        return []
    message = f"{_beside(spec, number, usual)}，变化很大；请核对，属实的请填写口径说明。"
    return [_one("swing", "warn", message, spec, window)]


def _median(numbers: Sequence[Number]) -> Number:
    """Exact, and without a fraction for every number."""
    middle, row = len(numbers) // 2, sorted(numbers)
    return row[middle] if len(row) % 2 else quotient(row[middle - 1] + row[middle], 2)


def check_double(
    spec: IndicatorSpec,
    values: Mapping[str, Value],
    centre: str = CENTRE,
    names: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Counted by the centre and by the windows as well; `values` by window of one key.

    A figure of the centre's own is suspicious in a window; a shared one where the
    centre's number is exactly what the windows add up to.
    """
    given = {window: value.value for window, value in values.items() if value.value}
    windows = {window: number for window, number in given.items() if window != centre}
    if spec.owner == "centre":
        return [_foreign(spec, window, number, names or {}) for window, number in windows.items()]
    if not windows or centre not in given:
        return []
    if spec.owner == "window":
        message = f"{spec.label}由窗口填报，中心又填了{_plain(spec, given[centre])}，可能重复统计。"
        return [_one("double", "warn", message, spec, centre)]
    if given[centre] != sum(windows.values()):
        return []
    message = f"{spec.label}：中心填的{_plain(spec, given[centre])}等于各窗口之和，可能重复统计。"
    return [_one("double", "warn", message, spec, centre)]


def _foreign(spec: IndicatorSpec, window: str, number: Number, names: Mapping[str, str]) -> Finding:
    name = names.get(window, window)
    message = f"{spec.label}由中心填报，{name}又填了{_plain(spec, number)}，可能重复统计。"
    return _one("double", "warn", message, spec, window)


_POINTS: Final = re.compile(
    r"[^，。；、]{0,12}(?:率|占比|比重|比例)[^，。；、]{0,6}?"
    r"(?:提高|上升|增长|增加|提升|下降|降低|减少)了?[0-9]+(?:\.[0-9]+)?%"
)
_TIMES_DOWN: Final = re.compile(r"(?:下降|减少|降低|缩短)了?[0-9]+(?:\.[0-9]+)?倍")


def check_wording(text: str) -> list[Finding]:
    """满意率提高1.1% (百分点 is meant) and 下降2倍 (nothing falls by more than itself)."""
    found = []
    for match in _POINTS.finditer(text):
        message = f"“{match.group()}”：比率的变化应写“个百分点”。"
        found.append(Finding("points", "warn", message))
    for match in _TIMES_DOWN.finditer(text):
        message = f"“{match.group()}”：下降不能用倍数，请改为百分比。"
        found.append(Finding("times_down", "warn", message))
    return found


_VERBS: Final = (
    (re.compile("增长|提高|上升|提升|增加"), "+"),
    (re.compile("下降|降低|减少"), "-"),
    (re.compile("[了约]|基本"), ""),
)


def check_change(
    spec: IndicatorSpec, words: str, current: Number, previous: Number, form: str = "环比"
) -> list[Finding]:
    """Change words (增长5.3%) against the stored figures, in direction and size (rule 36)."""
    decimals = re.search(r"\.([0-9]{1,6})", words)
    right = change_words(
        current,
        previous,
        rate=spec.is_rate,
        decimals=len(decimals[1]) if decimals else 0,
        unit=spec.print_unit or spec.unit,
        scale=spec.scale,
        unit_decimals=spec.decimals,
    )
    if _same_verb(words) == _same_verb(right):
        return []
    message = f"{spec.label}{form}写的是“{words}”，按数据应为“{right}”。"
    return [_one("change", "warn", message, spec, None)]


def _same_verb(words: str) -> str:
    for pattern, sign in _VERBS:
        words = pattern.sub(sign, words)
    return words


def _beside(spec: IndicatorSpec, number: Number, usual: Number) -> str:
    return f"{spec.label}{_plain(spec, number)}，前几个月的中位数是{_plain(spec, usual)}"


def _plain(spec: IndicatorSpec, number: Number) -> str:
    """In the unit it was entered in, so that the clerk finds it again."""
    return print_quantity(number, spec.unit, 1, 0 if number == int(number) else 2)


def _one(
    code: str, severity: Severity, message: str, spec: IndicatorSpec, window: str | None
) -> Finding:
    return Finding(code, severity, message, (spec.key,), window)


def _keys(specs: Sequence[IndicatorSpec]) -> tuple[str, ...]:
    return tuple(spec.key for spec in specs)


def _labels(specs: Sequence[IndicatorSpec]) -> str:
    return "、".join(spec.label for spec in specs)
