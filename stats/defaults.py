"""The indicators and the sentence a centre starts with; both are changed without code.

The set is domain.md 3.2. Rates and the mean time are ratios of sums: a window enters
two whole numbers, 分子 and 分母, and nobody ever averages percentages. The formula of
the total is an inference from one printed month (domain.md 1.1, rule 12).
"""

from __future__ import annotations

from typing import Final

from stats.specs import IndicatorSpec

WAN: Final = 10_000

CASES: Final = "办件"
ENQUIRIES: Final = "咨询"
SERVICES: Final = "服务"
RATINGS: Final = "评价"

STATISTICS_TEMPLATE: Final = (
    "{m}月，省本级办理政务服务事项{total_handled}。"
    "各进驻部门（单位）窗口共受理政务服务事项全程网办{online_accepted}，"
    "办结政务服务事项全程网办{online_completed}；"
    "综合窗口受理政务服务事项{counter_accepted}，窗口出件量{counter_issued}；"
    "政务大厅现场邮寄量{mailed}；"
    "为办事企业群众提供电话咨询{consult_phone}、现场咨询服务{consult_onsite}。"
)


def _wan(key: str, label: str, hint: str = "") -> IndicatorSpec:
    """A large count, always printed in 万件 with two decimals, however small the month."""
    return IndicatorSpec(key, label, scale=WAN, decimals=2, group=CASES, hint=hint)


def _count(key: str, label: str, unit: str, group: str, hint: str = "") -> IndicatorSpec:
    return IndicatorSpec(key, label, unit, group=group, hint=hint)


def _ratio(
    key: str, label: str, hint: str, *, unit: str = "%", group: str = RATINGS
) -> IndicatorSpec:
    return IndicatorSpec(
        key,
        label,
        unit,
        decimals=2,
        over_windows="ratio",
        over_months="ratio",
        group=group,
        hint=hint,
    )


_CASES: Final = (
    IndicatorSpec(
        "total_handled",
        "办理政务服务事项",
        scale=WAN,
        decimals=1,
        owner="centre",
        over_windows="derived",
        formula="online_accepted + counter_accepted",
        group=CASES,
        hint="按公式自动计算，不用填写。",
    ),
    _wan("online_accepted", "全程网办受理", "本月通过网上全程受理的件数。"),
    _wan("online_completed", "全程网办办结", "含上月受理、本月办结的，可以多于受理。"),
    IndicatorSpec(
        "counter_accepted",
        "综合窗口受理",
        scale=WAN,
        decimals=2,
        owner="centre",
        group=CASES,
        hint="由中心按综合窗口系统填报。",
    ),
    _wan("counter_issued", "窗口出件量", "本月在窗口发出的证照、批文件数。"),
    _wan("mailed", "现场邮寄量", "在政务大厅现场交寄的件数。"),
    _count("cross_chuanyu", "川渝通办", "件", CASES),
    _count("cross_province", "跨省通办", "件", CASES),
    _count("cross_intra", "省内通办", "件", CASES),
    _ratio(
        "avg_days",
        "平均办结时限",
        "分子：办结事项实际用时合计（天）；分母：办结件数。",
        unit="天",
        group=CASES,
    ),
    _ratio(
        "legal_days",
        "平均法定时限",
        "分子：办结事项法定时限合计（天）；分母：办结件数。",
        unit="天",
        group=CASES,
    ),
    IndicatorSpec(
        "speed_up",
        "提速",
        "%",
        decimals=2,
        owner="centre",
        over_windows="derived",
        over_months="derived",
        formula="(legal_days - avg_days) / legal_days * 100",
        group=CASES,
        hint="平均办结时限比法定时限缩短的比例，按公式自动计算。",
    ),
    IndicatorSpec(
        "zero_business",
        "本月无业务窗口",
        "个",
        over_windows="idle",
        over_months="none",
        group=CASES,
        hint="零报告和全部填0的窗口，自动计算，不用填写。",
    ),
)

_ENQUIRIES: Final = tuple(
    IndicatorSpec(
        key, label, "人次", print_unit="人（次）", owner="both", group=ENQUIRIES, hint=hint
    )
    for key, label, hint in (
        ("consult_phone", "电话咨询", "窗口只填本窗口接听的，中心咨询台的由中心填。"),
        ("consult_onsite", "现场咨询", "窗口只填本窗口接待的，中心导办台的由中心填。"),
    )
)

_SERVICES: Final = (
    _count("appointment", "预约服务", "次", SERVICES),
    _count("extended", "延时服务", "次", SERVICES, "工作时间以外办理的次数。"),
    _count("on_site", "上门服务", "次", SERVICES),
    _count("green_channel", "绿色通道", "件", SERVICES),
    _count("agent", "帮办代办", "件", SERVICES),
    IndicatorSpec("visits", "接待总量", "人次", owner="centre", group=SERVICES),
    IndicatorSpec(
        "visitors",
        "日均接待",
        "人次",
        owner="centre",
        over_windows="derived",
        over_months="derived",
        formula="visits / working_days",
        group=SERVICES,
        hint="接待总量除以当月工作日，自动计算。",
    ),
)

_RATINGS: Final = (
    _count("unresolved_received", "办不成事反映受理", "件", RATINGS),
    _count("unresolved_explained", "办不成事反映解释说明", "件", RATINGS),
    _count("unresolved_coordinated", "办不成事反映协调办理", "件", RATINGS),
    _count("ratings", "好差评评价", "条", RATINGS),
    _count("bad_ratings", "差评", "条", RATINGS),
    _count("fixed", "差评整改", "条", RATINGS),
    _ratio("satisfaction", "满意率", "分子：满意评价数；分母：评价总数。"),
    _ratio("on_time", "按时办结率", "分子：按时办结件数；分母：办结件数。"),
    _ratio("fix_rate", "差评整改率", "分子：已整改差评数；分母：差评数。"),
    _count("thanks_banner", "锦旗", "面", RATINGS),
    _count("thanks_letter", "表扬信", "封", RATINGS),
)

INDICATORS: Final[tuple[IndicatorSpec, ...]] = _CASES + _ENQUIRIES + _SERVICES + _RATINGS

# total → its parts: 受理 of 办不成事反映 is what was explained and what was coordinated.
PARTS: Final = {"unresolved_received": ("unresolved_explained", "unresolved_coordinated")}
# share → (part, total): what a rate must equal where its parts are counted too.
SHARES: Final = {"fix_rate": ("fixed", "bad_ratings")}
