"""Staff from a sheet, and the accounts of people in the admin."""

import pytest
from django.urls import reverse

from tests.factories import CentreFactory, House, StaffFactory, UserFactory, WindowFactory
from tests.windows.importing.files import upload
from windows import roles
from windows.importing.preview import preview_of
from windows.importing.sheets import plain_dataset
from windows.models import Department, ServiceWindow, Staff, User
from windows.staff_resources import StaffResource

pytestmark = pytest.mark.django_db
HEADINGS = ["用户名", "姓名", "角色", "窗口", "部门", "新建账号"]
USERS = "/admin/windows/user/"


@pytest.fixture
def page(client, house):
    client.force_login(house.administrator)
    return client


def run(house, *rows):
    resource = StaffResource(centre=house.centre, user=house.administrator)
    return preview_of(resource.import_data(plain_dataset(HEADINGS, rows)), resource)


def told(preview):
    return [(problem.place, problem.message) for problem in preview.problems]


def test_a_missing_user_is_an_error_that_says_what_to_do(house):
    place, message = told(run(house, ["wang", "王敏", "编辑", "", "", ""]))[0]
    assert place == "第2行 A列" and "没有用户“wang”" in message and "新建账号" in message
    assert not User.objects.filter(username="wang").exists()


def test_an_account_is_made_when_asked_for_and_cannot_sign_in_yet(house):
    window = house.window.name
    preview = run(
        house,
        ["wang", "王敏", "窗口人员", window, "", "是"],
        ["wang", "王敏", "编辑", "", "", "是"],
    )
    user = User.objects.get(username="wang")
    assert preview.problems == [] and not user.has_usable_password()
    assert set(user.groups.values_list("name", flat=True)) == {roles.WINDOW, roles.EDITOR}
    assert run(house, ["wang", "王敏", "编辑", "", "", "是"]).unchanged == 1


def test_one_error_and_no_account_is_made(house):
    run(house, ["wang", "王敏", "编辑", "", "", "是"], ["li", "", "编辑", "", "", "是"])
    assert not User.objects.filter(username="wang").exists()


def test_a_name_that_is_not_the_account_s_is_questioned(house):
    editor = house.editor
    message = told(run(house, [editor.username, "别人", "编辑", "", "", ""]))[0][1]
    assert editor.name in message and "请核对" in message


def test_roles_ask_for_their_place(house):
    clerk = house.clerk.username
    assert told(run(house, [clerk, "", "窗口人员", "", "", ""]))[0][0] == "第2行 D列"
    assert told(run(house, [clerk, "", "首席代表", "", "", ""]))[0][0] == "第2行 E列"
    assert (
        "请填其中一个：窗口人员、首席代表"
        in told(run(house, [clerk, "", "主编", "", "", ""]))[0][1]
    )


def test_people_and_windows_of_another_centre_are_out_of_reach(house):
    stranger, window = StaffFactory().user, WindowFactory(name="外省窗口")
    preview = run(
        house,
        [stranger.username, "", "编辑", "", "", ""],
        [house.clerk.username, "", "窗口人员", window.name, "", ""],
    )
    assert ["没有用户" in told(preview)[0][1], "没有窗口" in told(preview)[1][1]] == [True, True]


def test_an_export_read_back_changes_nothing(house):
    house.everyone()
    resource = StaffResource(centre=house.centre)
    dataset = resource.export(queryset=resource.rows())
    preview = preview_of(
        (again := StaffResource(centre=house.centre, user=house.administrator)).import_data(
            plain_dataset(dataset.headers, list(dataset))
        ),
        again,
    )
    assert (preview.unchanged, preview.writes, preview.problems) == (8, 0, [])


def places(role, centre, **more):
    return {
        "staff-TOTAL_FORMS": 1,
        "staff-INITIAL_FORMS": 0,
        "staff-0-centre": centre.pk,
        "staff-0-role": role,
        **more,
    }


NEW = {
    "username": "wang",
    "name": "王敏",
    "password1": "kT9-cloud-river",
    "password2": "kT9-cloud-river",
}


def test_an_administrator_makes_a_person_with_a_place(page, house):
    page.post(USERS + "add/", {**NEW, **places(roles.EDITOR, house.centre)})
    made = User.objects.get(username="wang")
    assert (made.name, made.is_superuser, made.is_staff) == ("王敏", False, True)
    assert made.groups.get().name == roles.EDITOR


def test_nobody_is_made_without_a_place_or_in_another_centre(page, house):
    page.post(USERS + "add/", {**NEW, "staff-TOTAL_FORMS": 0, "staff-INITIAL_FORMS": 0})
    page.post(USERS + "add/", {**NEW, **places(roles.EDITOR, CentreFactory())})
    assert not User.objects.filter(username="wang").exists()


def test_superuser_is_neither_shown_nor_granted(page, house):
    target = house.editor
    path = f"{USERS}{target.pk}/change/"
    html = page.get(path).content.decode()
    assert "is_superuser" not in html and "user_permissions" not in html
    staff = target.staff.get()
    page.post(
        path,
        {
            "username": target.username,
            "name": "改名",
            "is_active": "on",
            "is_superuser": "on",
            "groups": [1],
            **places(roles.EDITOR, house.centre),
            "staff-INITIAL_FORMS": 1,
            "staff-0-id": staff.pk,
            "staff-0-user": target.pk,
        },
    )
    target.refresh_from_db()
    assert (target.name, target.is_superuser) == ("改名", False)
    assert target.groups.get().name == roles.EDITOR


def test_superusers_and_strangers_are_out_of_reach(page):
    for person in (UserFactory(is_superuser=True), StaffFactory().user):
        for path in (f"{USERS}{person.pk}/change/", f"{USERS}{person.pk}/password/"):
            assert page.get(path).status_code in {302, 404}
            assert person.username not in page.get(path, follow=True).content.decode()
    assert page.get(USERS).context["cl"].result_count == 1


def test_who_also_stands_elsewhere_is_not_changed_from_here(page, house):
    StaffFactory(user=house.editor, role=roles.ADMINISTRATOR)
    path = f"{USERS}{house.editor.pk}/"
    assert page.get(path + "password/").status_code == 403
    assert page.post(path + "change/", {"name": "改名"}).status_code == 403


def test_deleting_staff_takes_the_group(page, house):
    staff = house.editor.staff.get()
    page.post(
        "/admin/windows/staff/",
        {"action": "delete_selected", "_selected_action": [staff.pk], "post": "yes"},
    )
    assert not Staff.objects.filter(pk=staff.pk).exists()
    assert not house.editor.groups.exists()


@pytest.mark.parametrize("model", ["department", "servicewindow", "leader", "staff", "workday"])
def test_lists_and_forms_open_without_rows_of_another_centre(page, house, model):
    other = House("other")
    ServiceWindow.objects.filter(pk=other.window.pk).update(name="外省窗口")
    Department.objects.filter(pk=other.department.pk).update(
        short_name="外省厅", official_name="江州省外省厅"
    )
    strangers = [person.username for person in other.everyone().values()]
    for path in (f"/admin/windows/{model}/", f"/admin/windows/{model}/add/"):
        html = page.get(path).content.decode()
        assert "外省" not in html
        assert not [name for name in strangers if name in html]


def test_a_window_of_another_centre_cannot_be_chosen(page, house):
    foreign = WindowFactory()
    page.post(
        "/admin/windows/staff/add/",
        {
            "centre": house.centre.pk,
            "user": house.clerk.pk,
            "role": roles.WINDOW,
            "window": foreign.pk,
        },
    )
    assert not Staff.objects.filter(window=foreign).exists()


def test_the_file_of_an_import_may_be_csv(page, house):
    data = f"用户名,角色\n{house.clerk.username},编辑\n".encode("gb18030")
    form = {"file": upload(data, "岗位.csv"), "centre": house.centre.pk}
    response = page.post(reverse("admin:windows_staff_import"), form)
    assert len(response.context["preview"].additions) == 1
