"""What the issues of `benchmarks.shelves` are made of. Names and places are invented (云川省)."""

from __future__ import annotations

from typing import Any, Final

DEPARTMENTS: Final = (
    "商务厅", "发展改革委", "教育厅", "科技厅", "工业和信息化厅", "民族宗教委", "公安厅", "民政厅",
    "司法厅", "财政厅", "人力资源社会保障厅", "自然资源厅", "生态环境厅", "住房城乡建设厅",
    "交通运输厅", "水利厅", "农业农村厅", "文化和旅游厅", "省卫生健康委", "退役军人厅", "应急厅",
    "省审计厅", "省外事办", "省国资委", "省市场监管局", "省广电局", "省体育局", "省统计局",
    "省医保局", "省林草局", "省地方金融局", "省信访局", "省税务局", "省气象局", "省烟草专卖局",
    "省邮政局", "省药监局", "省知识产权局", "省文物局", "省档案局",
)  # fmt: skip
IMPRINT: Final = [
    {"label": "报", "text": "省政务办、省级相关部门（单位）、省中心领导。"},
    {"label": "发", "text": "省级相关部门（单位）窗口，省直部门办事大厅，省中心各处（室）。"},
]
POST: Final = "党组书记、厅长"
# Key, heading, how many items; the first and the last are filled otherwise than from the pool.
HEADINGS: Final = (
    ("overview", "{y}年{m}月总体运行情况", 1),
    ("politics", "政务工作动态", 5),
    ("key_work", "重点工作推进情况", 5),
    ("window_news", "窗口资讯", 16),
    ("leader_visits", "厅（局）长进大厅", 3),
)
FIGURES: Final = (
    ("total_handled", "办理政务服务事项", "件", 10_000),
    ("online_accepted", "全程网办受理", "件", 10_000),
    ("online_done", "全程网办办结", "件", 10_000),
    ("counter_accepted", "综合窗口受理", "件", 10_000),
    ("mailed", "现场邮寄量", "件", 10_000),
    ("calls", "电话咨询", "人（次）", 1),
    ("walk_ins", "现场咨询", "人（次）", 1),
    ("rejected", "不予受理", "件", 1),
)
_SURNAMES: Final = "纪顾沈程宋陆严许何吕施孔曹魏陶姜谢邹喻柏"
_GIVEN: Final = "闻溪清和砚秋知微伯成望舒景行怀瑾若谷子衿云起长风临川"


def leader(department: int, term: int) -> str:
    """Who leads the department in that term: another name each time."""
    number = department * 37 + term * 101
    given = _GIVEN[number % len(_GIVEN)] + _GIVEN[number // 7 % len(_GIVEN)]
    return _SURNAMES[number // 3 % len(_SURNAMES)] + given


def figure(key: str, label: str, unit: str, scale: int, value: int) -> dict[str, Any]:
    half = scale // 200
    printed = f"{value / scale:.2f}万{unit}" if scale > 1 else f"{value}{unit}"
    return {
        "key": key,
        "label": label,
        "unit": unit,
        "value": value,
        "low": value - half,
        "high": value + half,
        "printed": printed,
        "denominator": None,
        "definition": {
            "scale": scale,
            "decimals": 2 if scale > 1 else 0,
            "print_unit": f"万{unit}" if scale > 1 else unit,
            "over_windows": "sum",
            "over_months": "sum",
            "formula": "",
            "note": "以系统办结时间为准，含合并计算的窗口。",
            "group": "",
        },
        "given_by": 60,
    }
