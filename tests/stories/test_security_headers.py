"""The answers the permission matrix does not see: errors, refusals, wrong methods."""

import pytest
from django.test import Client

from tests.stories.permission_table import rows
from tests.stories.permission_walk import patterns
from tests.stories.response_checks import page_problems, response_problems

pytestmark = pytest.mark.django_db
METHODS = ("put", "patch", "delete", "options", "trace")


def test_a_missing_page(client):
    for path in ("/no-such-page", "/admin/no-such-page/", "/desk/0/", "/accounts/x/"):
        assert response_problems(client.get(path)) == []


def test_a_forged_form():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"username": "x"})
    assert response.status_code == 403
    assert response_problems(response) == []


def test_a_fault_of_ours(house, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError

    client = Client(raise_request_exception=False)
    client.force_login(house.clerk)
    monkeypatch.setattr("bulletin.views.accounts.pages.scope_of", fail)
    response = client.get("/accounts/home/")
    assert response.status_code == 500
    assert response_problems(response) == []


def test_a_lockout(client):
    for _ in range(6):
        response = client.post("/accounts/login/", {"username": "x", "password": "y"})
    assert response.status_code == 429
    assert response_problems(response) == []


@pytest.mark.parametrize("method", METHODS)
def test_unknown_methods(client, house, method):
    """405 everywhere outside the stock admin, which answers like GET or refuses."""
    house.call()
    client.force_login(house.clerk)
    for path in ("/", "/about/", "/desk/", "/desk/2026/2/news/", "/accounts/login/",
                 "/accounts/password/", "/accounts/code/", "/accounts/home/"):  # fmt: skip
        response = getattr(client, method)(path)
        assert response.status_code == 405, path
        assert response_problems(response) == []


def test_views_that_act_do_not_answer_get(client, house):
    acting = {row.name for row in rows() if row.method == "POST"}
    acting -= {row.name for row in rows() if row.method == "GET"}
    assert len(acting) > 15
    client.force_login(house.editor)
    for _name, route in (each for each in patterns() if each[0] in acting):
        if "<" not in route and "process_import" not in route:
            assert client.get(f"/{route}").status_code == 405, route


@pytest.mark.parametrize(
    "page",
    [
        "<script>1</script>", "<p style='color:red'>", "<a onclick=x>", "<style></style>",
        "<a href='javascript:x'>", "<img src='//example.cn/a.png'>", "<base href='/'>",
        "<form action='https://example.cn/'>", "<script src='https://example.cn/a.js'></script>",
    ],
)  # fmt: skip
def test_the_check_itself_finds(page):
    assert page_problems(page)
