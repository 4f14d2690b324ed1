"""A formula tried out on numbers that are there, before anybody relies on it."""

from __future__ import annotations

from collections.abc import Sequence

from stats import formulas
from stats.models import MonthlyReport
from stats.specs import EXTRA_NAMES, IndicatorSpec, amount
from stats.totals import answers_of, totals_of
from windows.models import Centre


def tried(centre: Centre, spec: IndicatorSpec, specs: Sequence[IndicatorSpec]) -> str:
    """What `spec` gives for the latest month with figures, in a sentence with its operands.

    `specs` are all of the centre's, `spec` among them, and sound (`check_specs`).
    """
    latest = (
        MonthlyReport.objects.filter(centre=centre, figures__isnull=False)
        .order_by("-year", "-month")
        .first()
    )
    if latest is None:
        return "还没有任何月份的数，暂时不能试算。"
    year, month = latest.year, latest.month
    answers = answers_of(MonthlyReport.objects.filter(centre=centre, year=year, month=month))
    totals = totals_of(centre, year, specs, answers, [month])
    labels = {one.key: one.label for one in specs} | dict.fromkeys(EXTRA_NAMES, "工作日")
    told = f"用{year}年{month}月的数试算：{spec.label}＝{formulas.describe(spec.formula, labels)}"
    number = amount(spec, totals[spec.key]) if spec.key in totals else None
    if number is None:
        missing = [labels[name] for name in formulas.names(spec.formula) if name not in totals]
        missing = [name for name in missing if name != "工作日"]
        why = f"这个月没有{'、'.join(missing)}" if missing else "除数为零"
        return f"{told}，{why}，算不出来。"
    by_key = {one.key: one for one in specs}
    operands = [
        f"{labels[name]}{by_key[name].printed(operand)}"
        for name in formulas.names(spec.formula)
        if name in totals and (operand := amount(by_key[name], totals[name])) is not None
    ]
    return f"{told}＝{spec.printed(number)}（{'、'.join(operands)}）。"
