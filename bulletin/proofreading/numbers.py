"""Rules of numbers in prose. The figures of the statistics have their own checks.

Numbers are rows of `domain.md` section 2; clauses are those of GB/T 15835-2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bulletin.proofreading.ordinals import CHARS, ordinal
from bulletin.proofreading.problems import Context, Finding, from_matches

_SCALED: Final = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([千百]万?)(?![米克瓦卡帕赫伏安分斤年万里])")
_FACTORS: Final = {"千": 1000, "百": 100, "千万": 1000, "百万": 100}
_GROUPED: Final = re.compile(r"(?<!\d)\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?=[万亿])")
_NUMBER: Final = r"(?:\d+(?:\.\d+)?|[一二三四五六七八九十百千]+)"
_ABOUT: Final = re.compile(
    rf"(?P<before>大约|将近|接近|大概|约|近)(?P<number>{_NUMBER}[万亿]?)(?P<after>余|多)(?!年来)"
)
_AROUND: Final = re.compile(
    rf"(?P<before>大约|将近|接近|大概|约|近)(?P<number>{_NUMBER}[余多]?[万亿]?[^，。；、\d]{{0,4}}?)"
    r"(?P<after>左右|上下)"
)
_STEP: Final = re.compile(r"(?:^|(?<=[：。；，\n]))([一二三四五六七八九十]{1,2})(?=是|要)")
_PROMISED: Final = re.compile(
    rf"([两{CHARS}]+|\d+)(?:个方面|方面|点|项|条|个)[^，。；：]{{0,8}}[：，。]?[^，。；：]{{0,6}}[：，]?\Z"
)
_DOCUMENT: Final = re.compile(
    r"([\u4e00-\u9fff]{1,10}[发函办通字规令])"
    r"(?:[\[［【(（]〔?(?P<loose>\d{4})[\]］】)）]|〔(?P<right>\d{4})〕)(?P<ordinal>第?)(?P<number>\d+)号"
)


def scaled(text: str, context: Context) -> Iterator[Finding]:
    """Rule 16 (5.3): Arabic figures go with 万 and 亿 only."""
    message = "阿拉伯数字不与“千”“百”连用，请改为“{new}”。"
    return from_matches(text, _SCALED, message, _in_full)


def _in_full(match: re.Match[str]) -> str:
    value = Decimal(match[1]) * _FACTORS[match[2]]
    plain = str(int(value)) if value == int(value) else str(value.normalize())
    return plain + ("万" if match[2].endswith("万") else "")


def grouped(text: str, context: Context) -> Iterator[Finding]:
    """Rule 38 (5.1.1): no thousands separators in 万 figures."""
    message = "带“万”“亿”的数不用千分号，请改为“{new}”。"
    return from_matches(text, _GROUPED, message, lambda m: re.sub("[,，]", "", m[0]))


def twice_approximate(text: str, context: Context) -> Iterator[Finding]:
    """Rule 39: 近30余件, 约30件左右."""
    for pattern in (_ABOUT, _AROUND):
        message = "“{old}”概数重复，请只留一个，如“{new}”。"
        yield from from_matches(text, pattern, message, lambda m: m["before"] + m["number"])


def enumeration(text: str, context: Context) -> Iterator[Finding]:
    """Rule 40: 一是…二是…四是, and 三个方面 before another number of them."""
    for run in _runs(text):
        last = run[-1]
        for place, step in enumerate(run, 1):
            if ordinal(step[1]) != place:
                message = f"“{step[1]}”前面缺了一项（这里应是第{place}项），请核对。"
                yield Finding(step.start(), step.end(), message)
                break
        else:
            yield from _promise(text[: run[0].start()], ordinal(last[1]))


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Enumerations of two and more; each 一 begins one."""
    run: list[re.Match[str]] = []
    for step in _STEP.finditer(text):
        if step[1] == "一":
            if len(run) > 1:
                yield run
            run = [step]
        elif run:
            run.append(step)
    if len(run) > 1:
        yield run


def _promise(before: str, count: int) -> Iterator[Finding]:
    match = _PROMISED.search(before[-30:])
    if match:
        promised = 2 if match[1] == "两" else ordinal(match[1])
        offset = max(len(before) - 30, 0)
        if promised and promised != count:
            message = f"前面说的是“{match[1]}”，后面列了{count}项，请核对。"
            yield Finding(offset + match.start(1), offset + match.end(1), message)


def document_number(text: str, context: Context) -> Iterator[Finding]:
    """Rule 46 (GB/T 9704 7.2.5): 〔2025〕5号, without 第 and without 0 in front."""
    for match in _DOCUMENT.finditer(text):
        year = match["loose"] or match["right"]
        new = f"{match[1]}〔{year}〕{int(match['number'])}号"
        if new != match[0]:
            start = match.start() + len(match[1])
            message = f"发文字号请写成“{new[len(match[1]) :]}”。"
            yield Finding(start, match.end(), message, new[len(match[1]) :])
