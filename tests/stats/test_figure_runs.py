"""Large files in the background: how far they are, what they would change, written when asked."""

import pytest
from django.urls import reverse

from bulletin import outbox
from bulletin.models import Job, Trail
from bulletin.tasks import HANDLERS
from stats import figure_runs
from stats.models import Figure, FigureImport
from tests.factories import FigureFactory, IndicatorFactory, ReportFactory
from tests.windows.importing.files import upload, xlsx

pytestmark = pytest.mark.django_db
LONG = ["年", "月", "窗口", "指标", "数值"]


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """So that a small file is a large one."""
    monkeypatch.setattr("bulletin.admin.figures.LARGE", 2)


@pytest.fixture
def accepted(house):
    return IndicatorFactory(centre=house.centre, key="accepted", label="受理")


@pytest.fixture
def page(client, house, accepted):
    client.force_login(house.data_clerk)
    return client


def sent(client, house, *values):
    rows = [[2026, month, house.window.name, "受理", v] for month, v in enumerate(values, 1)]
    at = reverse("admin:stats_monthlyreport_import")
    form = {"centre": house.centre.pk, "month": "2026-02", "file": upload(xlsx(LONG, *rows))}
    return client.post(at, form)["Location"]


def worked():
    """What a worker does: the jobs that are due."""
    for job in Job.objects.filter(kind="figures", state="waiting"):
        outbox.run(job.pk, HANDLERS)


def test_it_is_read_shown_and_written_with_its_trail(page, house):
    at = sent(page, house, 1, 2, 3)
    waiting = page.get(at)
    assert waiting["Refresh"] == "3" and "<progress" in waiting.content.decode()
    assert Figure.objects.count() == 0
    worked()
    shown = page.get(at)
    assert "确认导入3行" in shown.content.decode() and "Refresh" not in shown
    page.post(at)
    page.post(at)
    worked()
    assert "导入完成：新增3行" in page.get(at).content.decode()
    assert list(Figure.objects.values_list("value", flat=True).order_by("value")) == [1, 2, 3]
    assert Trail.objects.filter(action="import").count() == 1
    assert Job.objects.filter(kind="figures").count() == 2


def test_what_is_wrong_is_told_row_by_row_and_cannot_be_confirmed(page, house):
    at = sent(page, house, 1, "很多", 3)
    worked()
    html = page.get(at).content.decode()
    assert "第3行 E列" in html and "确认导入" not in html
    page.post(at)
    worked()
    assert Figure.objects.count() == 0


def test_what_changed_since_it_was_shown_is_shown_again(page, house, accepted):
    at = sent(page, house, 1, 2, 3)
    worked()
    FigureFactory(report=ReportFactory(window=house.window), indicator=accepted, value=9)
    page.post(at)
    worked()
    html = page.get(at).content.decode()
    assert "还没有写入。请再核对一次。" in html and Figure.objects.count() == 1
    page.post(at)
    worked()
    assert Figure.objects.count() == 3


def test_a_worker_that_comes_twice_does_it_once(page, house):
    sent(page, house, 1, 2, 3)
    run = FigureImport.objects.get()
    figure_runs.work(run.pk)
    figure_runs.confirm(run)
    figure_runs.work(run.pk)
    figure_runs.work(run.pk)
    assert (Figure.objects.count(), Trail.objects.filter(action="import").count()) == (3, 1)


def test_a_small_file_is_shown_at_once(page, house):
    at = reverse("admin:stats_monthlyreport_import")
    data = xlsx(LONG, [2026, 1, house.window.name, "受理", 5])
    form = {"centre": house.centre.pk, "month": "2026-02", "file": upload(data)}
    assert page.post(at, form).context["preview"].writes == 1


def test_somebody_elses_file_is_absent(page, house, client):
    at = sent(page, house, 1, 2, 3)
    client.force_login(house.person("data_clerk"))
    assert client.get(at).status_code == 404
