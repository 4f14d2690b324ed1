"""The steps between people, in a browser: the chief's, a claim by two, and signing in."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from bulletin.models import Submission
from tests.factories import House
from tests.newsroom import TEXT, Newsroom, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rows(transactional_db):
    house = House()
    house.call()
    return Newsroom(house)


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def sound(page) -> list[str]:
    """What axe and the console complain of on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}" for one in found] + list(page.said)


def test_the_chief_representative_reads_first_where_the_window_asks_for_it(rows, sign_in):
    house = rows.house
    house.window.needs_endorsement = True
    house.window.save()
    row = rows.submitted()
    editor = sign_in(house.editor, width=1440)
    editor.goto(url("submission_change", row.pk))
    assert editor.get_by_role("button", name="认领").count() == 0
    chief = sign_in(house.chief, width=390)
    chief.goto("/desk/2026/2/")
    with chief.expect_navigation():
        chief.locator("#to-review").get_by_role("link", name="审核").first.click()
    press(chief, "审核通过")
    row.refresh_from_db()
    assert row.state == "endorsed"
    editor.goto(url("submission_change", row.pk))
    press(editor, "认领")
    row.refresh_from_db()
    assert (row.state, row.holder) == ("claimed", house.editor)
    assert (chief.said, editor.said) == ([], [])


def test_of_two_editors_who_claim_one_gets_it_and_the_other_is_told(rows, sign_in):
    row = rows.submitted()
    first = sign_in(rows.house.editor, width=1440)
    second = sign_in(rows.house.other_editor, width=1440)
    for page in (first, second):
        page.goto(url("submission_change", row.pk))
    press(first, "认领")
    press(second, "认领")
    assert Submission.objects.get(pk=row.pk).holder == rows.house.editor
    assert second.get_by_text("现在是“已认领”").first.is_visible()
    assert second.get_by_text(TEXT[:20]).first.is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_signing_in_are_sound(rows, sign_in, width):
    stranger = sign_in(width=width)
    stranger.goto("/accounts/login/")
    problems = sound(stranger)
    stranger.fill("input[name=username]", "nobody")
    stranger.fill("input[name=password]", "guess")
    stranger.press("input[name=password]", "Enter")
    stranger.wait_for_load_state()
    problems += sound(stranger)
    clerk = sign_in(rows.house.clerk, width=width)
    for page in ("/accounts/mail/", "/accounts/password/"):
        clerk.goto(page)
        problems += sound(clerk)
        assert clerk.evaluate("document.documentElement.scrollWidth") <= width
    assert problems == []


def test_the_second_factor_is_set_up_on_a_phone(rows, sign_in, settings):
    settings.TWO_FACTOR = True
    approver = sign_in(rows.house.approver, width=390)
    assert "enrol" in approver.url
    assert sound(approver) == []
    assert approver.evaluate("document.documentElement.scrollWidth") <= 390
