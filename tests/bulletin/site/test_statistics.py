"""The statistics page: what it says of published editions, and that it reads nothing else."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from django.core.cache import cache

from bulletin.document import Layout
from bulletin.models import Edition, Publication
from bulletin.site.shelf import recent
from bulletin.site.statistics.series import series_of
from bulletin.site.statistics.words import marks, note, sentence
from stats.models import Figure
from tests import press
from tests.press_figures import KEYS, figures, record, restated, told, two_years

pytestmark = pytest.mark.django_db
URL = "/monthly/statistics/"


def text(answer) -> str:
    plain = re.sub(r"<[^>]*>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def publish(house, *papers):
    return [press.publish(house.publication, paper, house.editor) for paper in papers]


def series(key="total_handled", **asked):
    found = series_of(recent("monthly", years=2, **asked), until=asked.get("year"))
    return next(one for one in found if one.key == key)


def newest(key="total_handled") -> str:
    one = series(key)
    return sentence(one, one.points[-1])


def test_the_page_says_figure_sentence_chart_strip_and_table_in_that_order(client, house):
    two_years(house)
    page = text(client.get(URL))
    said = [
        "4.6 万件",
        "9月，办理政务服务事项4.6万件，比8月增长6.3%，比上年同月增长12.3%；1—9月累计37.9万件。",
        "登记数为45812件。按公式计算：全程网办受理 + 综合窗口受理。数据由31个窗口报送。",
        "逐月走势",
        "办理政务服务事项，2026年1月至9月，最高7月4.6万件，最低2月3.0万件，虚线为上一年。",
        "月份一览",
        "各项指标",
        "电话咨询 人（次） 1099 1035 +6.2% 979 +12.3% 9073",
        "增减按登记的整数计算",
    ]
    places = [page.find(words) for words in said]
    assert -1 not in places
    assert places == sorted(places)


def test_every_indicator_has_a_page_and_every_link_leads_somewhere(client, house):
    two_years(house)
    page = client.get(URL).content.decode()
    links = set(re.findall(r'href="(/monthly/[^"#]*)', page))
    assert {f"/monthly/statistics/{key}/" for key in KEYS} <= links
    assert {client.get(link).status_code for link in links if "figures." not in link} == {200}
    assert '<h1 lang="zh-Hans">现场邮寄量</h1>' in client.get(f"{URL}mailed/").content.decode()


@pytest.mark.parametrize("path", ["nobody/", "mailed/2020/", "figures.xlsx", "mailed/2027/"])
def test_what_was_never_published_is_absent(client, house, path):
    two_years(house, upto=1)
    assert client.get(URL + path).status_code == 404


def test_before_anything_is_published_the_page_says_so(client, house):
    assert "还没有" in text(client.get(URL))
    assert client.get(f"{URL}mailed/").status_code == 404
    assert client.get(f"{URL}figures.csv").status_code == 404


def test_only_published_editions_count_and_the_newest_of_each_issue(client, house):
    publish(house, told(2026, 1, 30_000))
    [old] = publish(house, told(2026, 2, 20_000))
    press.proof(house.publication, told(2026, 3, 99_000), house.editor)
    assert newest() == "2月，办理政务服务事项2.0万件，比1月下降33.3%；1—2月累计5.0万件。"
    press.publish(house.publication, told(2026, 2, 30_000), house.editor, supersedes=old)
    assert newest() == "2月，办理政务服务事项3.0万件，与1月持平；1—2月累计6.0万件。"
    point = series().points[-1]
    assert "".join(marks(point)) == "该期有更正，以更正后的版本为准。"


def test_a_publication_that_is_not_public_has_no_statistics(client, house):
    two_years(house, upto=1)
    Publication.objects.update(is_public=False)
    cache.clear()
    assert {client.get(URL + path).status_code for path in ("", "mailed/", "figures.json")} == {404}


def test_rows_of_the_newsroom_change_no_byte(client, house, django_assert_num_queries):
    two_years(house, upto=2)
    before = client.get(URL).content
    with django_assert_num_queries(1):
        client.get(URL)
    Figure.objects.all().delete()
    Publication.objects.update(narrative="{total_handled}")
    assert client.get(URL).content == before


def test_january_is_compared_with_december(house):
    publish(house, told(2025, 12, 40_000), told(2026, 1, 30_000))
    assert newest() == "1月，办理政务服务事项3.0万件，比上年12月下降25.0%。"


def test_the_first_month_of_all_is_compared_with_nothing(house):
    publish(house, told(2026, 5, 30_000))
    assert newest() == "5月，办理政务服务事项3.0万件。"


def test_from_zero_there_is_a_difference_and_no_percentage(house):
    publish(house, told(2026, 5, 0), told(2026, 6, 120))
    assert newest("consult_onsite") == "6月，现场咨询12人（次），比5月增加12人（次）。"


def test_what_moved_by_less_than_is_printed_is_about_the_same(house):
    publish(house, told(2026, 5, 100_000), told(2026, 6, 100_010))
    assert newest() == "6月，办理政务服务事项10.0万件，与5月基本持平。"


def test_rates_are_ratios_of_sums_and_move_by_points(house):
    for month, good in ((1, 970), (2, 985)):
        publish(house, told(2026, month, figures=(record("satisfaction", good, 1000),)))
    assert newest("satisfaction") == ("2月，满意率98.50%，比1月提高1.5个百分点；1—2月为97.75%。")


def test_a_combined_issue_is_one_figure_of_two_months(client, house):
    publish(house, told(2025, 11, 30_000), told(2025, 12, 30_000))
    publish(house, told(2026, 1, 90_000, month_to=2), told(2026, 3, 45_000))
    assert newest() == "3月，办理政务服务事项4.5万件；1—3月累计13.5万件。"
    combined = series().points[-2]
    assert sentence(series(), combined) == (
        "1—2月，办理政务服务事项9.0万件，比上年11—12月增长50.0%。"
    )
    page = client.get(URL).content.decode()
    assert 'class="cell shade-2 span-2"' in page
    assert "图上按每月平均画出" in page
    assert page.count('class="now"') == 2


def test_a_restated_month_has_its_new_number_and_says_what_stood(client, house):
    publish(house, told(2026, 1, 30_000))
    late = restated(2026, 1, "total_handled", 30_000, 33_000)
    publish(house, replace(told(2026, 2, 33_000), restatements=(late,)))
    assert newest() == "2月，办理政务服务事项3.3万件，与1月持平；1—2月累计6.6万件。"
    point = series().points[0]
    told_so = "原刊3.0万件，第2期订正为3.3万件。订正原因：商务厅窗口补报。"
    assert "".join(marks(point)) == told_so
    assert note(series(), point).endswith(told_so)
    assert "订正" in text(client.get(f"{URL}total_handled/2026/"))
    assert series("mailed").points[0].restated is None


def test_the_mark_stands_in_the_strip_and_in_the_row_of_the_month(client, house):
    publish(house, told(2026, 1, 30_000))
    late = restated(2026, 1, "total_handled", 30_000, 33_000)
    publish(house, replace(told(2026, 2, 33_000), restatements=(late,)))
    page = html.unescape(client.get(f"{URL}total_handled/2026/").content.decode())
    cells = re.findall(r'<li class="cell .*?</li>', page, re.S)
    assert ["<em>订正</em>" in cell for cell in cells[:2]] == [True, False]
    rows = re.findall(r"<tr.*?</tr>", page, re.S)
    [marked] = [row for row in rows if "原刊3.0万件" in row]
    assert "1月" in marked and "3.3" in marked


def test_a_withdrawn_issue_leaves_a_gap_everywhere(client, house):
    publish(house, told(2026, 1, 30_000))
    [gone] = publish(house, told(2026, 2, 20_000))
    publish(house, told(2026, 3, 33_000))
    before = text(client.get(f"{URL}total_handled/2026/"))
    Edition.objects.filter(pk=gone.pk).update(
        withdrawn_at=gone.published_at, withdraw_reason="有误"
    )
    cache.clear()
    assert newest() == "3月，办理政务服务事项3.3万件。"
    assert [point.document.period.month for point in series().points] == [1, 3]
    told_now = text(client.get(f"{URL}total_handled/2026/"))
    assert "2.0万件" in before and "2.0万件" not in told_now
    for file in ("figures.csv", "figures.json"):
        assert "20000" not in client.get(URL + file).content.decode(), file


def test_a_withdrawn_correction_does_not_bring_back_what_it_corrected(client, house):
    publish(house, told(2026, 1, 30_000))
    [old] = publish(house, told(2026, 2, 20_000))
    new = press.publish(house.publication, told(2026, 2, 25_000), house.editor, supersedes=old)
    Edition.objects.filter(pk=new.pk).update(withdrawn_at=new.published_at, withdraw_reason="有误")
    cache.clear()
    assert [point.document.period.month for point in series().points] == [1]


def test_what_a_withdrawn_issue_put_right_is_not_shown(client, house):
    publish(house, told(2026, 1, 30_000))
    late = restated(2026, 1, "total_handled", 30_000, 33_000)
    [gone] = publish(house, replace(told(2026, 2, 33_000), restatements=(late,)))
    Edition.objects.filter(pk=gone.pk).update(
        withdrawn_at=gone.published_at, withdraw_reason="有误"
    )
    cache.clear()
    assert newest() == "1月，办理政务服务事项3.0万件。"
    assert series().points[0].restated is None


def test_a_year_knows_what_a_much_later_issue_put_right(client, house):
    publish(house, told(2024, 3, 30_000), told(2025, 3, 30_000), told(2026, 3, 30_000))
    late = restated(2024, 3, "total_handled", 30_000, 31_000)
    publish(house, replace(told(2027, 1, 30_000), restatements=(late,)))
    page = text(client.get(f"{URL}total_handled/2024/"))
    assert "原刊3.0万件，2027年第1期订正为3.1万件。" in page
    assert "3月，办理政务服务事项3.1万件。" in page


def test_an_edition_from_before_the_definitions_is_read_by_its_print(house):
    publish(house, press.document(2026, 8), press.document(2026, 9))
    one = series()
    assert sentence(one, one.points[-1]).startswith("9月，办理政务服务事项4.6万件，与8月持平")
    assert note(one, one.points[-1]) == "由印出的数字读入，只知道到1000件。"


def test_an_indicator_that_changed_its_unit_begins_anew(house):
    old = replace(record("mailed", 500), unit="封")
    publish(house, told(2026, 1, figures=(old,)), told(2026, 2, figures=(record("mailed", 600),)))
    assert newest("mailed") == "2月，现场邮寄量0.06万件。"


def test_an_indicator_added_in_mid_year_has_no_total_since_january(client, house):
    publish(house, told(2026, 1, figures=(record("mailed", 500),)))
    publish(house, told(2026, 2, figures=(record("mailed", 500), record("agent", 9))))
    assert newest("agent") == "2月，帮办代办9件。"
    publish(house, told(2026, 3, figures=(record("mailed", 500), record("agent", 12))))
    assert newest("agent") == "3月，帮办代办12件，比2月增长33.3%。"
    page = client.get(f"{URL}agent/").content.decode()
    assert page.count("dashed") == 10


def test_an_issue_without_figures_leaves_a_gap(client, house):
    publish(house, told(2026, 1, 30_000), told(2026, 2, figures=()), told(2026, 3, 30_000))
    assert newest() == "3月，办理政务服务事项3.0万件。"
    assert client.get(URL).content.decode().count('class="now"') == 0


def test_the_queries_and_the_reading_do_not_grow_with_the_years(
    client, house, django_assert_num_queries
):
    two_years(house, upto=3)
    for year in range(2014, 2025):
        publish(house, *(told(year, month, 30_000) for month in (1, 7)))
    for path in ("", "mailed/", "mailed/2020/"):
        with django_assert_num_queries(1):
            assert client.get(URL + path).status_code == 200
    read = [volume for volume in recent("monthly", years=2, year=2020, around=1) if volume.content]
    assert {volume.year for volume in read} == {2019, 2020, 2021}


def test_the_figures_of_a_page_follow_the_edition_not_its_layout(house):
    paper = told(2026, 1, 30_000)
    publish(house, replace(paper, layout=Layout(rows=22)))
    assert Edition.objects.get().document.figures == paper.figures
    assert figures(30_000) == paper.figures
