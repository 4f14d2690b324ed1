"""The departments of a real province through the resource, twice."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import CentreFactory
from tests.shared import SHARED, needs_shared
from windows.models import Centre, Department, FormerName, ServiceWindow

pytestmark = pytest.mark.django_db
ROW = {
    "order": 1,
    "official_name": "云川省商务厅",
    "short_name": "商务厅",
    "window_name": "商务厅窗口",
    "obsolete_names": ["外经贸厅"],
    "note": None,
}


def load(*arguments):
    out = StringIO()
    call_command("load_departments", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def listing(tmp_path, *rows, **more):
    path = tmp_path / "departments.json"
    path.write_text(json.dumps({"departments": rows, **more}), encoding="utf-8")
    return path


@needs_shared
def test_the_real_list_is_loaded_and_a_second_time_changes_nothing():
    path = SHARED / "data" / "departments.json"
    assert load(path) == ["部门：新增 52，改动 0，不变 0。", "窗口：新增 52，改动 0，不变 0。"]
    names = json.loads(path.read_text())["departments"]
    assert FormerName.objects.count() == sum(len(row["obsolete_names"]) for row in names)
    assert Department.objects.get(former_names__short_name="省发改委").short_name == "省发展改革委"
    assert load(path) == ["部门：新增 0，改动 0，不变 52。", "窗口：新增 0，改动 0，不变 52。"]


def test_the_centre_is_the_one_named_or_the_only_one(tmp_path):
    first, second = CentreFactory(slug="first"), CentreFactory(slug="second")
    path = listing(tmp_path, ROW)
    with pytest.raises(CommandError, match="--centre"):
        load(path)
    load(path, "--centre", "second")
    assert ServiceWindow.objects.get().centre == second != first
    with pytest.raises(CommandError, match="没有网址名为“third”"):
        load(path, "--centre", "third")


def test_an_empty_product_gets_its_centre_from_the_list(tmp_path):
    host = {"official_name": "云川省政务中心", "short_name": "省中心", "self_name": "省中心"}
    load(listing(tmp_path, ROW, host=host))
    assert Centre.objects.get().official_name == "云川省政务中心"


def test_one_bad_row_and_nothing_is_loaded(tmp_path):
    CentreFactory()
    bad = {**ROW, "short_name": "商贸厅", "order": -1}
    with pytest.raises(CommandError, match="商贸厅 次序“-1”"):
        load(listing(tmp_path, ROW, bad))
    assert Department.objects.count() == 0


def test_what_is_no_list_is_named(tmp_path):
    text = tmp_path / "a.json"
    text.write_text("[]")
    for path, words in ((tmp_path / "none", "没有文件"), (text, "没有 departments 列表")):
        with pytest.raises(CommandError, match=words):
            load(path)
