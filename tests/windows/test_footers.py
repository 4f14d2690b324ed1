"""The foot of the public pages: read from lines, kept in order, told to the reader as links."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bulletin.site.footing import Told, fault_finding, told
from bulletin.site.shelf import House
from windows.footers import BadLine, missing, pairs_of, read, written

LINES = "承办单位：综合处\n\n 地址 : 清和路18号 \nICP备案号：云ICP备18号"
PAIRS = [["承办单位", "综合处"], ["地址", "清和路18号"], ["ICP备案号", "云ICP备18号"]]


def test_lines_are_read_and_written_in_their_order():
    assert read(LINES) == PAIRS
    assert read(written(pairs_of(PAIRS))) == PAIRS
    assert pairs_of({"地址": "清和路"}) == (("地址", "清和路"),)
    assert pairs_of(None) == ()


@pytest.mark.parametrize(
    "text, words",
    [
        ("地址：清和路\n没有冒号", "第2行请写成“名称：内容”"),
        ("：清和路", "第1行请写成"),
        ("地址：", "第1行请写成"),
        ("字" * 21 + "：内容", "第1行太长"),
        ("\n".join(f"项{n}：内容" for n in range(17)), "页脚最多16行"),
    ],
)
def test_a_wrong_line_is_named_with_how_it_is_written_right(text, words):
    with pytest.raises(BadLine, match=words):
        read(text)


def test_what_the_rules_for_government_sites_ask_for_is_named_where_it_lacks():
    assert list(missing(pairs_of(PAIRS))) == ["联系电话", "网站标识码", "公安备案号"]
    whole = [*PAIRS, ["咨询电话", "1"], ["网站标识码", "1"], ["公安备案号", "1"]]
    assert list(missing(pairs_of(whole))) == []


def house(*footer: tuple[str, str]) -> House:
    return House("monthly", "月报", "省中心", footer)


@pytest.mark.parametrize(
    "label, text, shown, link",
    [
        ("ICP备案号", "云ICP备18号-1", "云ICP备18号-1", "https://beian.miit.gov.cn/"),
        ("公安备案号", "云公网安备 5101号", "云公网安备 5101号",
         "https://beian.mps.gov.cn/#/query/webSearch?code=5101"),
        ("咨询电话", "028-8800 0018", "028-8800 0018", "tel:02888000018"),
        ("电子邮箱", "bulletin@example.cn", "bulletin@example.cn", "mailto:bulletin@example.cn"),
        ("标识", "党政机关 https://example.cn/a?b=1", "党政机关", "https://example.cn/a?b=1"),
        ("地址", "清和路18号", "清和路18号", ""),
        ("网站标识码", "5100000018", "5100000018", ""),
    ],
)  # fmt: skip
def test_what_can_be_looked_up_or_called_is_a_link(label, text, shown, link):
    assert list(told(house((label, text))))[1] == Told(label, shown, link)


def test_who_publishes_stands_first_unless_the_foot_says_it():
    assert list(told(house())) == [Told("主办", "省中心")]
    assert list(told(house(("主办单位", "省政府")))) == [Told("主办单位", "省政府")]


def test_a_site_code_leads_to_where_faults_are_told():
    assert fault_finding(house(("网站标识码", "5100000018"))).endswith("site_code=5100000018")
    assert fault_finding(house(("网站标识码", "未定"))) == fault_finding(house()) == ""


@pytest.mark.django_db
def test_the_administrator_writes_lines_and_learns_what_is_missing(client, house):
    client.force_login(house.administrator)
    page = reverse("admin:windows_centre_change", args=[house.centre.pk])
    sent = {
        "official_name": "省政府政务服务中心", "short_name": "省政务服务中心",
        "self_name": "省中心", "hall_name": "大厅", "footer": "地址：一\n没有冒号",
    }  # fmt: skip
    assert "第2行请写成" in client.post(page, sent).content.decode()
    answer = client.post(page, {**sent, "footer": LINES}, follow=True).content.decode()
    house.centre.refresh_from_db()
    assert house.centre.footer == PAIRS
    assert "政府网站的页脚还应列明：联系电话、网站标识码、公安备案号。" in answer
    assert "地址：清和路18号" in client.get(page).content.decode()
