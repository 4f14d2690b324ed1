"""Rules of wording: slips, leftovers, missing ends, and what must not become public.

Numbers are rows of `domain.md` section 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bulletin.proofreading.edits import HANZI, paragraphs
from bulletin.proofreading.problems import Context, Finding, from_matches
from bulletin.proofreading.variants import SIMPLIFIED

_DOUBLED: Final = re.compile(
    rf"的的(?!确)|(?<![共总温])和和(?![气美睦])|了了(?![解结断却])|([{HANZI}]{{2,4}})\1"
)
_NUMERALS: Final = frozenset("一二三四五六七八九十百千万两〇零")
_MAY_DOUBLE: Final = re.compile(
    "研究|商量|讨论|学习|沟通|交流|了解|考虑|检查|锻炼|休息|打扫|收拾|整理|介绍|许多"
    "|好多|照顾|调查|意思|哈哈"
)
_WORDS: Final = {
    r"截止(?=目前|今|当前|本月|上月|\d|20)": "截至",
    "其它": "其他",
    r"登陆(?=系统|平台|网站|网页|账|APP|小程序|“)": "登录",
    r"帐(?=户|号|单|目|册)": "账",
    r"按装(?![配置备机修载])": "安装",
    "按排": "安排",
    r"做为(?!了)": "作为",
    "部暑": "部署",
    "坐谈会": "座谈会",
    "窗囗": "窗口",
    "通迅": "通讯",
    "按步就班": "按部就班",
    "再接再励": "再接再厉",
    "迫不急待": "迫不及待",
    "一如继往": "一如既往",
    "渡假": "度假",
    "凭添": "平添",
    "重迭": "重叠",
    "复盖": "覆盖",
    r"反应(?=了?(?:情况|问题|诉求|意见))": "反映",
    "既往不究": "既往不咎",
}
_SLIPS: Final = re.compile("|".join(f"({pattern})" for pattern in _WORDS))
_FIXES: Final = tuple(_WORDS.values())
_VARIANT: Final = re.compile("[" + "".join(SIMPLIFIED) + "]+")
_LEFTOVER: Final = re.compile(
    r"(?<![A-Za-z])(?:20)?[Xx]{2,}(?![A-Za-z])|×{2,}|某某|【[^】\n]*】|TODO|TBD|_{2,}|＿{2,}|[?？]{3,}"
    r"|待定(?![向义点位期制性])|待补充|待核实|年\s+月|月\s+日"
)
_ENDED: Final = re.compile(r"(?:[。！？]|……)[”’）》]*\Z")
_DOUBLE_END: Final = re.compile(r"(?<=[。！？])([”’])。")
_IDENTITY: Final = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![\dA-Za-z])"
)
_MOBILE: Final = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
_CARD: Final = re.compile(r"(?<![\d.])[3-6]\d{3}(?: ?\d{4}){2}(?: ?\d{3,7})(?!\d)")
_MARKED: Final = re.compile(
    r"(?:^|(?<=[（(【\n]))(?:绝密|机密|秘密)(?=[★）)】\n]|\Z)|内部(?:资料|文件|刊物)[，,]?(?:注意保[管存密]|[严请]?[禁勿]"
    r"外传)|(?:不得|严禁|请勿)外传|仅供内部(?:参考|使用)|不予公开"
)


def doubled(text: str, context: Context) -> Iterator[Finding]:
    """Rule 43."""
    for match in _DOUBLED.finditer(text):
        word = match[1] or match[0][0]
        if not _may_double(word):
            message = f"“{word}”重复了，请删去一个。"
            yield Finding(match.start(), match.end(), message, word)


def _may_double(word: str) -> bool:
    """研究研究, 一步一步 and 哈哈哈哈 are right."""
    repeats = len(word) > 1 and len(set(word)) == 1
    return repeats or bool(_MAY_DOUBLE.fullmatch(word)) or bool(_NUMERALS.intersection(word))


def slips(text: str, context: Context) -> Iterator[Finding]:
    """Rule 44."""
    message = "“{old}”请改为“{new}”。"
    return from_matches(text, _SLIPS, message, lambda match: _FIXES[(match.lastindex or 1) - 1])


def variants(text: str, context: Context) -> Iterator[Finding]:
    """Rule 45 (通用规范汉字表)."""
    message = "繁体字“{old}”请改为“{new}”。"
    return from_matches(
        text, _VARIANT, message, lambda match: "".join(SIMPLIFIED[char] for char in match[0])
    )


def leftovers(text: str, context: Context) -> Iterator[Finding]:
    """Rule 47."""
    return from_matches(text, _LEFTOVER, "“{old}”还没有填写，请补上或删去。")


def ending(text: str, context: Context) -> Iterator[Finding]:
    """Rule 48 (GB/T 15834 4.1): paragraphs of items only, headings have no end mark."""
    message = "句号在引号里已有，外面的句号请删去。"
    yield from from_matches(text, _DOUBLE_END, message, lambda match: match[1])
    if context.heading or not context.paragraph:
        return
    for offset, line in paragraphs(text):
        body = line.rstrip()
        if body and not _ENDED.search(body):
            cut = body[-1] in "，、；：,;:."
            end = offset + len(body)
            yield Finding(end - 1, end, "段末缺句号，请补上。", "。" if cut else f"{body[-1]}。")


def private(text: str, context: Context) -> Iterator[Finding]:
    """Rule 50 (个人信息保护法; 政府信息公开条例): never automatic, a person must decide."""
    patterns = (
        (_IDENTITY, "像是身份证号，公开前请删去。", _is_identity),
        (_MOBILE, "像是手机号码，公开前请删去。", None),
        (_CARD, "像是银行卡号，公开前请删去。", _is_card),
        (_MARKED, "有“{old}”字样，请确认可以公开。", None),
    )
    for pattern, message, proof in patterns:
        for finding in from_matches(text, pattern, message):
            if proof is None or proof(text[finding.start : finding.end]):
                yield finding


def _is_identity(number: str) -> bool:
    """GB 11643: the weighted sum with the check digit leaves 1 modulo 11."""
    digits = [10 if char in "Xx" else int(char) for char in number]
    return sum(digit * pow(2, 17 - at, 11) for at, digit in enumerate(digits)) % 11 == 1


def _is_card(number: str) -> bool:
    """Luhn's check (ISO/IEC 7812-1); an identity number is no card."""
    digits = [int(char) for char in number if char.isdigit()][::-1]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0 and not _IDENTITY.fullmatch(number)
