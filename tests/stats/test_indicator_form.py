"""Indicators changed by the centre: a formula is tried before it is saved, a bad one refused."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from stats.models import Indicator
from tests.factories import FigureFactory, IndicatorFactory, ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(house):
    row = IndicatorFactory(centre=house.centre, key="accepted", label="受理")
    FigureFactory(report=ReportFactory(window=house.window), indicator=row, value=37900)
    return row


def posted(client, house, formula, **more):
    client.force_login(house.data_clerk)
    data = {
        "centre": house.centre.pk,
        "label": "合计",
        "key": "total",
        "unit": "件",
        "print_unit": "",
        "hint": "",
        "group": "",
        "order": 1,
        "scale": 10_000,
        "decimals": 1,
        "owner": "centre",
        "over_windows": "derived",
        "over_months": "derived",
        "formula": formula,
        **more,
    }
    return client.post(reverse("admin:stats_indicator_add"), data).content.decode()


def test_a_formula_is_tried_on_the_latest_month_and_not_saved(client, house, accepted):
    html = posted(client, house, "accepted ＋ 100", _try="1")
    assert "用2026年2月的数试算：合计＝受理 + 100＝3.8万件（受理37900件）。" in html
    assert not Indicator.objects.filter(key="total").exists()


def test_it_is_saved_as_it_was_tried(client, house, accepted):
    posted(client, house, "accepted + 100")
    assert Indicator.objects.get(key="total").formula == "accepted + 100"


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("__import__('os')", "公式第1个字符“_”不认识"),
        ("accepted + ", "末尾缺少指标或数字"),
        ("accepted + nothing", "公式用到的“nothing”不是指标代码"),
        ("total + 1", "互相引用"),
        ("accepted.real", "公式第9个字符“.”不认识"),
        ("accepted ** 9", "前面缺少指标或数字"),
        ("", "须填公式"),
    ],
)
def test_an_unsafe_or_broken_formula_is_refused_with_its_place(
    client, house, accepted, formula, told
):
    assert told in posted(client, house, formula)
    assert not Indicator.objects.filter(key="total").exists()


def test_what_has_figures_keeps_its_name_and_unit_and_cannot_be_deleted(client, house, accepted):
    client.force_login(house.data_clerk)
    html = client.get(reverse("admin:stats_indicator_change", args=[accepted.pk])).content.decode()
    assert 'name="key"' not in html and 'name="unit"' not in html and 'name="label"' in html
    with pytest.raises(ProtectedError):
        accepted.delete()
