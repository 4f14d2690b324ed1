"""Search, registers, departments, items, corrections and tombstones as readers meet them."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from django.db.models import F

from bulletin.document import VisitRecord
from bulletin.models import Correction, Edition, Issue
from bulletin.site.excerpts import excerpt
from bulletin.views.site.limits import Bucket
from tests import press
from windows.models import Department, FormerName

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(house):
    """Two issues of 2025 and a corrected one of 2026, with visits."""
    visits = (
        VisitRecord("顾清和", "党组书记、厅长", "民政厅"),
        VisitRecord("程野", "二级警务专员", "公安厅", kind="duty"),
    )
    for month in (11, 12):
        paper = press.with_visits(press.document(2025, month), visits)
        press.publish(house.publication, paper, house.editor)
    paper = press.with_visits(press.document(2026, 3), visits)
    old = press.publish(house.publication, paper, house.editor)
    right = press.with_visits(press.with_text(paper, "3月30日，更正的一条1136人。"), visits)
    new = press.publish(house.publication, right, house.editor, supersedes=old)
    Correction.objects.create(old=old, new=new, notice="漏排一条。", by=house.editor)
    return house


def text_of(answer) -> str:
    return html.unescape(answer.content.decode())


def test_sentences_with_the_word_are_shown_whole_and_marked():
    text = "9月2日，上线社保查询。不再往返。遇有社保缴费不一致的，当场核对。"
    assert [(bit.text, bit.marked) for bit in excerpt(text, ["社保"])] == [
        ("9月2日，上线", False),
        ("社保", True),
        ("查询。", False),
        ("……", False),
        ("遇有", False),
        ("社保", True),
        ("缴费不一致的，当场核对。", False),
    ]
    assert [bit.text for bit in excerpt(text, [])] == ["9月2日，上线社保查询。"]


def test_results_stand_under_their_issues_with_the_word_marked(client, site):
    page = text_of(client.get("/monthly/search/", {"q": "社保"}))
    assert "找到6条，分布在3期" in page
    assert page.count("<mark>社保</mark>") >= 6
    groups = re.findall(r'<h2 class="block-head"><a href="([^"]+)">([^<]+)', page)
    assert groups == [
        ("/monthly/2026/3/", "2026年第3期"),
        ("/monthly/2025/12/", "2025年第12期"),
        ("/monthly/2025/11/", "2025年第11期"),
    ]
    assert '<a href="/monthly/2026/3/#s4-1" lang="zh-Hans">四、窗口资讯（一）</a>' in page


def test_every_filter_leads_to_as_many_as_it_says(client, site):
    page = text_of(client.get("/monthly/search/", {"q": "窗口"}))
    choices = re.findall(
        r'class="row choice" href="([^"]+)"[^>]*><span>[^<]*</span><span>(\d+)', page
    )
    assert len(choices) > 6
    for url, count in dict(choices).items():
        assert f"找到{count}条" in text_of(client.get(url)), url


def test_pages_of_results_lead_on_and_back(client, site):
    first = text_of(client.get("/monthly/search/", {"q": "窗口", "view": "large"}))
    [url] = re.findall(r'href="([^"]+)" rel="next nofollow"', first)
    assert "page=2" in url
    assert url.endswith("view=large")
    second = text_of(client.get(url))
    assert 'aria-current="page">— 2 —' in second


def test_a_page_past_the_last_is_the_last(client, site):
    page = text_of(client.get("/monthly/search/", {"q": "窗口", "page": "400"}))
    assert re.search(r'aria-current="page">— [23] —', page)
    assert '<h2 class="block-head"><a href="/monthly/2025/11/">' in page
    assert 'rel="next' not in page


def test_another_look_of_results_shows_the_same_results(client, site):
    page = text_of(client.get("/monthly/search/", {"q": "窗口", "year": "2025", "page": "2"}))
    [url] = re.findall(r'href="([^"]+)"[^>]*>大字版', page)
    assert url == f"/monthly/search/?q={quote('窗口')}&year=2025&page=2&view=large"
    large = text_of(client.get(url))
    assert 'aria-current="page">— 2 —' in large
    found = text_of(client.get("/monthly/visits/find/?q=顾清和&year=2025"))
    [url] = re.findall(r'href="([^"]+)"[^>]*>大字版', found)
    assert url == f"/monthly/visits/find/?q={quote('顾清和')}&year=2025&view=large"


def test_every_search_names_the_one_page_that_search_engines_should_keep(client, site):
    for query in ("", "?q=窗口&page=2", "?q=无此字", "?year=2025"):
        page = text_of(client.get(f"/monthly/search/{query}"))
        assert '<link rel="canonical" href="http://localhost:8000/monthly/search/">' in page
        assert "noindex" not in page
        inside = page.partition('<div class="sheet')[2].partition("<footer")[0]
        ways = re.findall(r'<a[^>]* href="/monthly/search/\?[^>]*>', inside)
        assert [way for way in ways if "nofollow" not in way] == []
    robots = client.get("/robots.txt").content.decode()
    assert "search" not in robots


def test_an_empty_page_leads_to_searches_that_find_something(client, site):
    page = text_of(client.get("/monthly/search/", {"q": "社保 窗口 无此字", "year": "2025"}))
    assert "没有找到" in page
    links = re.findall(r'<li><a class="row" href="([^"]+)" rel="nofollow">([^<]+)</a>', page)
    assert [text for _url, text in links] == ["查“社保”（6条）", "查“窗口”（48条）"]
    for url, text in links:
        [count] = re.findall("（(.+)条", text)
        assert f"找到{count}条" in text_of(client.get(url))


def test_a_filter_that_leaves_nothing_can_be_seen_and_taken_back(client, site):
    page = text_of(client.get("/monthly/search/", {"q": "社保", "year": "2031", "section": "x"}))
    chosen = re.findall(r'aria-current="true"><span[^>]*>([^<]+)</span></a>', page)
    assert chosen[:2] == ["2031年", "所选栏目"]
    assert "<span>2031年、所选栏目</span>" in page
    assert 'class="side filters"' not in text_of(client.get("/monthly/search/?q=无此字"))


@pytest.mark.parametrize(
    "query, offered",
    [("q=社保&year=2031", ["去掉筛选（6条）"]), ("q=窗口社保事", []), ("q=无此字", []),
     ("q=社保窗口上线", ["查“社保 窗口 上线”（3条）"]), ("year=2031", []),
     ("q=窗口社保关&section=politics", ["查“窗口 社保关”（3条）"]), ("q=囧", [])],
)  # fmt: skip
def test_what_is_offered_instead_is_wider_and_not_empty(client, site, query, offered):
    page = text_of(client.get(f"/monthly/search/?{query}"))
    assert re.findall(r'rel="nofollow">((?:查“|去掉)[^<]+)</a></li>', page) == offered


def test_who_types_more_than_is_looked_for_is_told(client, site):
    told = "一次最多查60个字、6个词，后面的没有查。"
    for text in ("窗" * 61, "一 二 三 四 五 六 七"):
        assert told in text_of(client.get("/monthly/search/", {"q": text}))
    for text in ("窗" * 60, "一 二 三 四 五 六 一"):
        assert told not in text_of(client.get("/monthly/search/", {"q": text}))


def test_who_types_traditional_characters_is_told(client, site):
    told = "请换成简体字再查。"
    assert told in text_of(client.get("/monthly/search/", {"q": "社會保險"}))
    assert told not in text_of(client.get("/monthly/search/", {"q": "无此字"}))


def test_asking_who_came_leads_to_the_register(client, site):
    page = text_of(client.get("/monthly/search/", {"q": "2025年谁来过"}))
    assert 'href="/monthly/visits/2025/">2025年到访登记' in page


def test_a_search_from_elsewhere_finds_its_publication(client, site):
    answer = client.get("/search/?q=" + quote("社保"))
    assert answer.headers["Location"] == "/monthly/search/?q=" + quote("社保")


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=%FF%FE", "q=" + "社" * 900, "page=-1", "page=99999", "year=x", "year=99999",
     "q=%25%5F%5C%27--", "section=%00&q=a", "exact=2&q=a", "q=%ED%A0%80",
     "department=" + "x" * 900],
)  # fmt: skip
def test_hostile_questions_are_answered_as_far_as_they_make_sense(client, site, query):
    answer = client.get(f"/monthly/search/?{query}")
    assert answer.status_code == 200
    assert not answer.cookies


def test_what_is_typed_is_escaped(client, site):
    page = client.get("/monthly/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script" not in page


def test_a_known_answer_is_not_searched_again(client, site, django_assert_max_num_queries):
    url = "/monthly/search/?q=" + quote("社保")
    etag = client.get(url).headers["ETag"]
    with django_assert_max_num_queries(2):
        assert client.get(url, headers={"if-none-match": etag}).status_code == 304
    edition = Edition.objects.current().first()
    press.publish(site.publication, press.document(2026, 4), site.editor)
    assert client.get(url, headers={"if-none-match": etag}).status_code == 200
    assert edition is not None


def test_queries_of_the_page_are_bounded(client, site, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get("/monthly/search/", {"q": "窗口"})


def test_who_asks_too_often_waits_and_the_others_do_not(client, site):
    asked = (client.get("/monthly/search/") for _ in range(300))
    answer = next(answer for answer in asked if answer.status_code == 429)
    assert answer.headers["Retry-After"] == "1"
    assert client.get("/monthly/search/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_bucket_fills_up_again():
    bucket = Bucket(burst=2, rate=0.5)
    assert [bucket.take("a", now=at) for at in (0, 0, 0, 1, 2, 2)] == [
        True, True, False, False, True, False
    ]  # fmt: skip


def test_the_register_lists_who_came_by_year(client, site):
    page = text_of(client.get("/monthly/visits/2025/"))
    assert "2025年到访登记" in page
    assert "2人，共4人次" in page
    assert 'href="/monthly/2025/12/#s5-1">第12期' in page
    assert client.get("/monthly/visits/2024/").status_code == 404
    assert "2026年到访登记" in text_of(client.get("/monthly/visits/"))


def test_a_person_is_followed_through_the_years(client, site):
    page = text_of(client.get("/monthly/visits/程野/"))
    assert page.count('href="/monthly/visits/%E7%A8%8B%E9%87%8E/"') == 3
    assert "共3人次" in page
    assert client.get("/monthly/visits/无此人/").status_code == 404


def test_a_former_name_leads_to_the_department_of_today(client, site):
    site.department.short_name = "民政与社会事务厅"
    site.department.save()
    FormerName.objects.create(department=site.department, short_name="民政厅")
    moved = client.get("/monthly/departments/民政厅/")
    assert moved.headers["Location"] == f"/monthly/departments/{quote('民政与社会事务厅')}/"
    page = text_of(client.get(moved.headers["Location"]))
    assert "曾用名：民政厅" in page
    assert "到访3人次" in page
    assert "（民政厅）" in text_of(client.get("/monthly/departments/"))


def test_a_department_nothing_was_printed_about_is_absent(client, site):
    assert client.get("/monthly/departments/商务厅/").status_code == 404


def test_an_item_has_a_page_of_its_own(client, site):
    page = text_of(client.get("/monthly/2026/3/s4-1/"))
    assert "社保关系转移进度查询" in page
    assert 'rel="canonical" href="http://localhost:8000/monthly/2026/3/s4-1/"' in page
    assert "《政务窗口月报》2026年第3期第" in page
    assert 'href="/monthly/2026/3/s4-2/"' in page
    assert 'href="/monthly/2026/3/s3-3/"' in page
    for absent in ("s4", "s4-99", "s9-1", "monthly"):
        assert client.get(f"/monthly/2026/3/{absent}/").status_code == 404


def test_a_correction_shows_what_changed_and_both_editions(client, site):
    page = text_of(client.get("/monthly/2026/3/corrections/2/"))
    assert "2026年第3期更正" in page
    assert "漏排一条。" in page
    assert "<ins>3月30日，更正的一条1136人。</ins>" in page
    assert 'href="/monthly/2026/3/editions/1/"' in page
    assert client.get("/monthly/2026/3/corrections/1/").status_code == 404
    assert 'href="/monthly/2026/3/corrections/2/"' in text_of(client.get("/monthly/corrections/"))
    assert 'href="/monthly/2026/3/corrections/2/"' in text_of(client.get("/monthly/2026/3/"))


def test_what_was_withdrawn_says_so_and_is_not_found(client, site):
    from_now = Edition.objects.get(year=2026, proof_no=2).published_at
    Edition.objects.filter(year=2026).update(withdrawn_at=from_now, withdraw_reason="数据有误。")
    file = Edition.objects.get(year=2026, proof_no=2).files.get(format="pdf")
    below = ("", "s4-1/", "corrections/2/", "monthly-2026-3.pdf")
    for name in (*below, f"monthly-2026-3.{file.sha256[:16]}.pdf"):
        url = f"/monthly/2026/3/{name}"
        answer = client.get(url)
        assert answer.status_code == 410, url
        assert "数据有误。" in text_of(answer)
        assert "社保" not in text_of(answer)
        assert 'name="robots" content="noindex"' in text_of(answer)


WHAT_TELLS_OF_ISSUES = (
    "/", "/monthly/", "/monthly/2025/12/", "/monthly/2026/3/s4-1/",
    "/monthly/2026/3/corrections/2/", "/monthly/visits/2025/", "/monthly/visits/顾清和/",
    "/monthly/departments/民政厅/",
    "/monthly/search/?q=社保", "/monthly/statistics/", "/monthly/feed.atom", "/monthly/map/",
    "/monthly/2025/sitemap.xml", "/api/v1/issues/", "/api/v1/issues/monthly/2026/3/",
    "/api/v1/items/", "/api/v1/visits/", "/api/v1/figures/", "/monthly/2025/11/",
)  # fmt: skip


def test_an_issue_changed_after_it_was_printed_changes_nothing_public(client, site):
    """Law 4: its row is a draft again during a correction; readers have the frozen edition."""
    gone = Edition.objects.filter(year=2025, number=11)
    gone.update(withdrawn_at=gone.get().published_at, withdraw_reason="数据有误。")
    before = {url: client.get(url).content for url in WHAT_TELLS_OF_ISSUES}
    Issue.objects.update(
        month=F("month") - 2, month_to=F("month"), number_to=77, title="改过", issuer="改过"
    )
    assert {url: client.get(url).content for url in WHAT_TELLS_OF_ISSUES} == before
    assert "12月" in text_of(client.get("/monthly/visits/2025/"))


def test_the_register_names_both_months_of_a_combined_issue(client, house):
    paper = press.document(2026, 1, month_to=2)
    paper = press.with_visits(paper, (VisitRecord("顾清和", "厅长", "民政厅"),))
    press.publish(house.publication, paper, house.editor)
    assert '<caption class="block-head">1—2月</caption>' in text_of(client.get("/monthly/visits/"))


@pytest.mark.parametrize(
    "url",
    ["/monthly/search/?q=x&view=en", "/monthly/visits/?view=en", "/monthly/2026/3/?view=en"],
)
def test_english_is_about_labels_and_says_so(client, site, url):
    page = text_of(client.get(url))
    assert '<html lang="en"' in page
    assert 'hreflang="zh-Hans"' in page
    assert 'lang="zh-Hans"' in page


@pytest.mark.parametrize(
    "query, found",
    [("q=顾清和", 3), ("q=民政", 3), ("q=专员&year=2025", 2), ("q=厅长 民政", 3), ("kind=duty", 3),
     ("q=顾清和&kind=duty", 0), ("q=无此人", 0), ("", 6), ("year=2031", 0),
     ("q=%00&kind=x&year=x", 6)],
)  # fmt: skip
def test_the_register_is_searched_by_name_department_post_year_and_purpose(
    client, site, query, found
):
    answer = client.get(f"/monthly/visits/find/?{query}")
    page = text_of(answer)
    assert page.count('<th scope="row"') == found
    assert (f"找到{found}人次" if found else "没有找到") in page
    assert 'name="robots" content="noindex"' in page
    assert not answer.cookies


def test_visits_of_a_department_are_found_by_the_names_it_had(client, site):
    civil = Department.objects.create(
        centre=site.centre, short_name="民政和社会工作厅", official_name="云川省民政和社会工作厅"
    )
    url = "/monthly/visits/find/?q=民政和社会工作厅"
    assert "没有找到" in text_of(client.get(url))
    FormerName.objects.create(department=civil, short_name="民政厅")
    assert "找到3人次" in text_of(client.get(url))


def test_the_form_of_the_register_keeps_the_look_and_what_was_asked(client, site):
    page = text_of(client.get("/monthly/visits/find/?q=顾清和&year=2025&view=large"))
    assert 'value="顾清和"' in page
    assert '<option value="2025" selected>2025年</option>' in page
    assert 'name="view" value="large"' in page
    assert 'action="/monthly/visits/find/"' in text_of(client.get("/monthly/visits/"))
