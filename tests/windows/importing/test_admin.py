"""Import and export in the admin: who may, what is shown, what is written, what is not."""

import io

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.urls import reverse

from tests.factories import CentreFactory, DepartmentFactory, House, StaffFactory
from tests.windows.importing.files import upload, xlsx
from windows import roles
from windows.models import Department, FormerName, Leader
from windows.permissions import centres_with

pytestmark = pytest.mark.django_db
HEADINGS = ["规范简称", "全称", "次序", "不规范简称"]


@pytest.fixture
def house():
    return House()


@pytest.fixture
def page(client, house):
    client.force_login(house.administrator)
    return client


def url(action: str, model: str = "department", app: str = "windows") -> str:
    return reverse(f"admin:{app}_{model}_{action}")


def post(page, *rows, name="部门.xlsx", headings=HEADINGS, data=None, **more):
    content = data if data is not None else xlsx(headings, *rows)
    return page.post(url("import"), {"file": upload(content, name), **_centre(page), **more})


def _centre(page):
    form = page.get(url("import")).context["form"]
    return {"centre": form.fields["centre"].initial.pk}


def slip_of(response) -> str:
    return response.context["slip"]


def confirm(page, slip, model="department"):
    return page.post(url("process_import", model), {"slip": slip}, follow=True)


def test_the_preview_lists_what_is_new_and_changed_and_writes_nothing(page, house):
    known = house.department
    response = post(
        page,
        [known.short_name, known.official_name, known.order + 5, "老厅"],
        ["商贸厅", "云川省商贸厅", 88, ""],
    )
    preview = response.context["preview"]
    assert [(d.place, d.column, d.old, d.new) for d in preview.differences] == [
        ("第2行 C列", "次序", str(known.order), str(known.order + 5)),
        ("第2行 D列", "不规范简称", "", "老厅"),
    ]
    assert [(a.place, a.label) for a in preview.additions] == [("第3行", "商贸厅")]
    assert not Department.objects.filter(short_name="商贸厅").exists()


def test_unchanged_rows_are_counted_and_not_listed(page, house):
    known = house.department
    response = post(page, [known.short_name, known.official_name, known.order, ""])
    preview = response.context["preview"]
    assert (preview.unchanged, preview.differences, preview.additions) == (1, [], [])
    assert slip_of(response) == ""
    assert "不用导入" in response.content.decode()


def test_what_is_confirmed_is_written_once_and_logged(
    page, house, django_capture_on_commit_callbacks
):
    slip = slip_of(post(page, ["商贸厅", "云川省商贸厅", 88, "商贸局、贸易厅"]))
    with django_capture_on_commit_callbacks(execute=True):
        response = confirm(page, slip)
    assert "新增1行，改动0行，不变0行" in response.content.decode()
    made = Department.objects.get(short_name="商贸厅")
    assert (made.centre, made.order) == (house.centre, 88)
    assert set(made.former_names.values_list("short_name", "kind")) == {
        ("商贸局", "informal"),
        ("贸易厅", "informal"),
    }
    assert LogEntry.objects.get(object_id=made.pk).change_message == "由文件“部门.xlsx”导入。"
    assert "请重新上传" in confirm(page, slip).content.decode()
    assert Department.objects.filter(short_name="商贸厅").count() == 1
    assert default_storage.listdir("imports")[1] == []


def test_one_error_and_nothing_is_written(page, house):
    response = post(
        page,
        ["商贸厅", "云川省商贸厅", 1, ""],
        ["外贸厅", "", -1, ""],
        ["商贸厅", "云川省厅", 2, ""],
    )
    problems = response.context["preview"].problems
    assert [(p.place, p.column, p.value) for p in problems] == [
        ("第3行 B列", "全称", ""),
        ("第3行 C列", "次序", "-1"),
        ("第4行 A列", "规范简称", "商贸厅"),
    ]
    assert "与第2行重复" in problems[2].message
    assert slip_of(response) == "" and Department.objects.count() == 1


def test_wrong_columns_are_named_with_what_is_expected(page):
    messages = [
        p.message
        for p in post(page, ["a", "b"], headings=["简称", "全称"]).context["preview"].problems
    ]
    assert messages[0].startswith("缺少的列：规范简称")
    assert messages[1].startswith("不认识的列：简称")
    assert "规范简称、全称、类别" in messages[2]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("图.png", b"\x89PNG\r\n", "这是图片"),
        ("说明.pdf", b"%PDF-1.7", "这是PDF"),
        ("乱.csv", bytes(range(256)), "不是文字文件"),
    ],
)
def test_a_file_of_another_kind_is_refused_at_its_field(page, name, data, words):
    response = post(page, data=data, name=name)
    assert words in response.context["form"].errors["file"][0]
    assert "没有读取" in response.content.decode()


def test_a_row_changed_meanwhile_is_shown_again_before_it_is_written(page, house):
    known = house.department
    slip = slip_of(post(page, [known.short_name, known.official_name, 50, ""]))
    Department.objects.filter(pk=known.pk).update(order=49)
    response = confirm(page, slip)
    assert "请再核对一次" in response.content.decode()
    assert Department.objects.get(pk=known.pk).order == 49
    confirm(page, slip_of(response))
    assert Department.objects.get(pk=known.pk).order == 50


def test_a_slip_fits_neither_another_person_nor_another_model(page, client, house):
    slip = slip_of(post(page, ["商贸厅", "云川省商贸厅", 1, ""]))
    assert "请重新上传" in confirm(page, slip, "leader").content.decode()
    other = StaffFactory(centre=house.centre, role=roles.ADMINISTRATOR).user
    client.force_login(other)
    assert "请重新上传" in confirm(client, slip).content.decode()
    assert Department.objects.count() == 1


def test_names_never_run_as_markup(page):
    html = post(page, ["<b>厅", "<img src=x>", 1, ""]).content.decode()
    assert "<img" not in html and "&lt;b&gt;厅" in html


ROLES_THAT_IMPORT = {
    ("windows", "department"): {roles.ADMINISTRATOR},
    ("windows", "leader"): {roles.ADMINISTRATOR, roles.EDITOR},
    ("stats", "monthlyreport"): {roles.DATA_CLERK},
}


@pytest.mark.parametrize("role", roles.LABELS)
@pytest.mark.parametrize("model", ROLES_THAT_IMPORT)
def test_only_roles_with_the_permission_reach_the_import(client, house, role, model):
    client.force_login(house.everyone()[role])
    status = client.get(url("import", model[1], model[0])).status_code
    allowed = role in ROLES_THAT_IMPORT[model]
    assert (status == 200) == allowed
    confirmed = client.post(url("process_import", model[1], model[0]), {"slip": "x"})
    assert (confirmed.status_code == 302 and "/import/" in confirmed.url) == allowed


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(page, method):
    for action in ("import", "export", "process_import"):
        assert getattr(page, method)(url(action)).status_code == 405
    assert page.get(url("process_import")).status_code == 405


def test_rows_of_another_centre_are_neither_matched_nor_changed(page, house):
    foreign = DepartmentFactory(short_name="商贸厅", official_name="江州省商贸厅", order=7)
    slip = slip_of(post(page, ["商贸厅", "云川省商贸厅", 1, ""]))
    confirm(page, slip)
    foreign.refresh_from_db()
    assert (foreign.official_name, foreign.order) == ("江州省商贸厅", 7)
    assert Department.objects.filter(centre=house.centre, short_name="商贸厅").exists()


def test_a_foreign_centre_cannot_be_chosen(page):
    other = CentreFactory()
    response = post(page, ["商贸厅", "云川省商贸厅", 1, ""], centre=other.pk)
    assert "centre" in response.context["form"].errors


def test_a_role_counts_in_its_own_centre_only(house):
    other = CentreFactory()
    person = house.administrator
    StaffFactory(user=person, centre=other, role=roles.EDITOR)
    assert list(centres_with(person, "windows.import_department")) == [house.centre]
    assert set(centres_with(person, "windows.import_leader")) == {house.centre, other}


def test_with_several_centres_one_is_chosen(client, house):
    other = CentreFactory()
    StaffFactory(user=house.administrator, centre=other, role=roles.ADMINISTRATOR)
    client.force_login(house.administrator)
    response = post(client, ["商贸厅", "云川省商贸厅", 1, ""], centre=other.pk)
    confirm(client, slip_of(response))
    assert Department.objects.get(short_name="商贸厅").centre == other


@pytest.mark.parametrize("format_number", [0, 1])
def test_an_export_read_back_changes_nothing(page, house, format_number):
    FormerName.objects.create(
        department=house.department,
        short_name="老厅",
        official_name="云川省老厅",
        valid_from="2001-02-03",
        valid_to="2018-10-24",
    )
    DepartmentFactory(centre=house.centre, short_name="=1+1", note="'@说明", official_name="＋甲")
    data = {"format": format_number, "resource": 0, "centre": house.centre.pk}
    exported = page.post(url("export"), data)
    kind = ("xlsx", "csv")[format_number]
    assert f".{kind}" in exported["Content-Disposition"]
    preview = post(page, data=exported.content, name=f"部门.{kind}").context["preview"]
    assert (preview.unchanged, preview.differences, preview.additions) == (2, [], [])


def test_an_export_holds_own_rows_as_text_that_cannot_run(page, house):
    DepartmentFactory(centre=house.centre, short_name="=cmd|'/c calc'!A1")
    DepartmentFactory(short_name="外省厅")
    data = {"format": 0, "resource": 0, "centre": house.centre.pk}
    book = openpyxl.load_workbook(io.BytesIO(page.post(url("export"), data).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    values = [cell.value for cell in cells]
    assert "'=cmd|'/c calc'!A1" in values and "外省厅" not in values
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_an_export_follows_the_filters_of_the_list(page, house):
    DepartmentFactory(centre=house.centre, short_name="商贸厅", group="直属")
    data = {"format": 1, "resource": 0, "centre": house.centre.pk}
    text = page.post(url("export") + "?group__exact=直属", data).content.decode("utf-8-sig")
    assert "商贸厅" in text and house.department.short_name not in text


def test_leaders_are_matched_by_post_and_told_apart_by_date(page, house):
    headings = ["部门", "姓名", "职务", "职级", "任职起"]
    name = house.department.short_name
    data = xlsx(
        headings, [name, "方伯成", "厅长", "正职", "2024-03-01"], [name, "郑", "处长", "", ""]
    )
    form = {"file": upload(data), "centre": house.centre.pk}
    confirm(page, slip_of(page.post(url("import", "leader"), form)), "leader")
    assert Leader.objects.count() == 2
    moved = xlsx(headings, [name, "方伯成", "厅长", "正职", "2024-04-01"])
    form = {"file": upload(moved), "centre": house.centre.pk}
    preview = page.post(url("import", "leader"), form).context["preview"]
    assert [(d.old, d.new) for d in preview.differences] == [("2024-03-01", "2024-04-01")]


def test_bad_leader_rows_are_told_by_cell(page, house):
    house.department.former_names.create(short_name="老厅", kind="informal")
    headings = ["部门", "姓名", "职务", "任职起", "任职止"]
    data = xlsx(
        headings,
        ["老厅", "方", "厅长", "", ""],
        ["无此厅", "方", "厅长", "2025-02-30", ""],
        [house.department.short_name, "方", "厅长", "2025-03-01", "2025-02-01"],
    )
    form = {"file": upload(data), "centre": house.centre.pk}
    problems = page.post(url("import", "leader"), form).context["preview"].problems
    told = [(p.place, p.message) for p in problems]
    assert told[0][0] == "第2行 A列" and f"请改成“{house.department.short_name}”" in told[0][1]
    assert told[1][0] == "第3行 A列" and "名录里没有部门“无此厅”" in told[1][1]
    assert told[2] == ("第3行 D列", "没有“2025-02-30”这一天，请改正日期。")
    assert told[3] == ("第4行", "任职止不能早于任职起。")


def test_previews_ask_a_fixed_number_of_questions(page, house, django_assert_max_num_queries):
    rows = [[f"新{n}厅", f"云川省新{n}厅", n, ""] for n in range(3)]
    with django_assert_max_num_queries(60):
        post(page, *rows)
