"""Items, departments and people have baked pages too, under the names that hold now."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from django.db import transaction

from bulletin import baking, outbox
from bulletin.baked import switching
from bulletin.baking import drawing
from bulletin.document import VisitRecord
from bulletin.finding.keeping import refresh
from bulletin.models import Edition, Job
from bulletin.site.looks import LOOKS
from bulletin.site.naming import department_names, people
from bulletin.site.pages import Change
from bulletin.tasks import HANDLERS
from tests import press
from tests.bulletin.baking.served import site
from windows.models import Department, FormerName

pytestmark = pytest.mark.django_db

CIVIL = VisitRecord("顾清和", "党组书记、厅长", "民政厅")
POLICE = VisitRecord("程野", "二级警务专员", "公安厅", kind="duty")


@pytest.fixture(autouse=True)
def _three_looks(monkeypatch):
    """Each look costs a drawing: both languages, and one in which these pages are not baked."""
    monkeypatch.setattr(drawing, "LOOKS", {view: LOOKS[view] for view in ("", "en", "dark")})


@pytest.fixture
def run_jobs(committed):
    def run_jobs(kind):
        jobs = list(Job.objects.filter(kind=kind, state=Job.State.WAITING))
        for job in jobs:
            with committed():
                outbox.run(job.pk, HANDLERS)
        return len(jobs)

    return run_jobs


def folders(below):
    return {key.split("/")[3] for key in site() if key.startswith(f"plain/monthly/{below}/")}


def served(path, view="plain"):
    folder = switching.current(baking.store()) / view / path.strip("/")
    return (folder / "index.html").read_text(encoding="utf-8")


def test_they_are_baked_as_django_draws_them_in_both_languages(client, publish):
    publish(press.with_visits(press.document(2026, 3), (CIVIL, POLICE)))
    for name in ("2026/3/s4-1", "departments/民政厅", "visits/顾清和", "visits/程野"):
        for view in ("", "en"):
            asked = client.get(f"/monthly/{quote(name)}/", {"view": view} if view else {})
            assert served(f"/monthly/{name}/", view or "plain") == asked.content.decode(), name
    assert "dark/monthly/2026/3/s4-1/index.html" not in site()
    assert "dark/monthly/2026/3/index.html" in site()


def test_what_a_correction_takes_out_is_off_every_page(publish):
    paper = press.document(2026, 3)
    publish(press.with_visits(press.document(2026, 2), (POLICE,)))
    old = publish(press.with_visits(paper, (CIVIL, POLICE)))
    assert folders("visits") == {"index.html", "2026", "顾清和", "程野"}
    shorter = replace(paper, sections=paper.sections[:-1])
    publish(press.with_visits(shorter, (POLICE,)), supersedes=old)
    assert folders("visits") == {"index.html", "2026", "程野"}
    assert "民政厅" not in folders("departments")
    assert "s5-1" not in {key.split("/")[4] for key in site() if "/2026/3/s" in key}


def test_a_withdrawal_leaves_no_name_behind(publish, committed):
    edition = publish(press.with_visits(press.document(2026, 3), (CIVIL,)))
    publish(press.with_visits(press.document(2026, 4), (POLICE,)))
    with committed(), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(withdrawn_at=edition.published_at)
        refresh(edition.issue)
        baking.bake(edition.issue)
    assert folders("visits") == {"index.html", "2026", "程野"}
    assert not [key for key in site() if "/2026/3/" in key]


def test_a_renamed_department_has_its_page_under_the_new_name_alone(house, publish, run_jobs):
    civil = Department.objects.create(
        centre=house.centre, short_name="民政厅", official_name="云川省民政厅"
    )
    publish(press.with_visits(press.document(2026, 3), (CIVIL,)))
    number = run_jobs("rename") and baking.newest().number
    civil.short_name = "民政和社会工作厅"
    civil.save()
    FormerName.objects.create(department=civil, short_name="民政厅")
    assert "民政厅" in folders("departments")
    assert run_jobs("rename") == 1  # both changes ask for the same
    assert folders("departments") == {"index.html", "民政和社会工作厅"}
    assert "曾用名：民政厅" in served("/monthly/departments/民政和社会工作厅/")
    assert "民政和社会工作厅" in served("/monthly/departments/")
    assert baking.newest().number == number + 1


def test_a_publication_kept_inside_is_off_at_once(house, publish, committed):
    publish(press.document(2026, 3))
    house.publication.is_public = False
    with committed():
        house.publication.save()
    assert not [key for key in site() if "/monthly/" in key]


def test_names_that_no_folder_can_have_are_left_to_django(client, publish):
    odd = [replace(CIVIL, name="甲/乙"), replace(CIVIL, name=".隐"), replace(CIVIL, name="长" * 40)]
    publish(press.with_visits(press.document(2026, 3), (*odd, replace(POLICE, department="厅/局"))))
    assert folders("visits") == {"index.html", "2026", "程野", "长" * 40}
    assert client.get("/monthly/visits/甲/乙/").status_code == 200
    assert client.get("/monthly/departments/厅/局/").status_code == 200


def test_a_change_touches_as_many_names_as_its_issue_has(publish):
    publish(press.with_visits(press.document(2026, 2), (POLICE,)))
    publish(press.with_visits(press.document(2026, 3), (CIVIL,)))
    change = Change("monthly", 2026, 3)
    assert list(people(change)) == [{"slug": "monthly", "name": "顾清和"}]
    assert list(department_names(change)) == [{"slug": "monthly", "name": "民政厅"}]
    assert len(list(department_names(None))) == 2
